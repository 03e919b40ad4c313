internal import BundleModel
internal import LibGit2
internal import Synchronization

/// What a mirror remembers of a release after it was verified. It does not know its mirror, so that
/// the two do not keep each other alive.
final class PinnedContents: Sendable {
    let pin: ConfigBundleRef
    let release: Release
    let documents: BundleDocuments
    let findings: [Finding]
    let limits: ContentLimits
    let tree: ObjectID
    private let memory = Mutex(Memory())

    private struct Memory {
        var files: [BundlePath: [UInt8]] = [:]
        var bytes = 0
    }

    init(
        pin: ConfigBundleRef, release: Release, documents: BundleDocuments, findings: [Finding],
        limits: ContentLimits, tree: ObjectID
    ) {
        self.pin = pin
        self.release = release
        self.documents = documents
        self.findings = findings
        self.limits = limits
        self.tree = tree
    }

    /// The bytes of a file that was read before.
    func remembered(_ path: BundlePath) -> [UInt8]? {
        memory.withLock { $0.files[path] }
    }

    /// Keeps the bytes of a file, as long as all of them are within a number of bytes.
    func remember(_ bytes: [UInt8], of path: BundlePath, within limit: Int) {
        memory.withLock { memory in
            guard memory.files[path] == nil, memory.bytes + bytes.count <= limit else { return }
            memory.bytes += bytes.count
            memory.files[path] = bytes
        }
    }
}
