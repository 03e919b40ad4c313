internal import BundleModel
internal import LibGit2
internal import Synchronization

/// As long as this lives, nothing that its holder may be reading is collected.
///
/// The owner of the store counts what is in use in its own process; in another process a reader
/// holds a shared lock of the mirror, which ends with the process.
final class MirrorLease: Sendable {
    private let commit: CommitID?
    private let mirror: ReleaseMirror?
    private let lock: FileLock?

    /// The lease of the owner's own process on one release.
    fileprivate init(of commit: CommitID, in mirror: ReleaseMirror) {
        self.commit = commit
        self.mirror = mirror
        lock = nil
        mirror.inUse.withLock { $0[commit, default: 0] += 1 }
    }

    /// A reader's lease on everything.
    fileprivate init(_ file: String) {
        commit = nil
        mirror = nil
        // A reader who may not write here is not waited for.
        lock = try? FileLock(path: file, mode: .shared, waiting: true)
    }

    deinit {
        guard let commit else { return }
        mirror?.inUse.withLock { inUse in
            guard let count = inUse[commit] else { return }
            inUse[commit] = count > 1 ? count - 1 : nil
        }
    }
}

extension ReleaseMirror {
    /// Where readers hold a lock, and a collection asks whether there are any.
    var readersLock: String { "\(path)/readers.lock" }

    /// Keeps a release here for as long as what is given lives.
    func lease(on commit: CommitID) -> MirrorLease {
        isReader ? MirrorLease(readersLock) : MirrorLease(of: commit, in: self)
    }

    /// Keeps everything here for as long as what is given lives; nil in the process of the owner,
    /// whose reads and collections take turns.
    func readerLease() -> MirrorLease? { isReader ? MirrorLease(readersLock) : nil }
}
