public import BundleModel
internal import LibGit2
internal import Synchronization

/// The contents of one accepted release, verified, as workers are created from them.
///
/// Reads go straight to the object database; nothing is checked out. A value may be used from any
/// thread, and its calls are short enough to make without leaving it.
public final class PinnedBundle: Sendable {
    /// What is pinned.
    public let pin: ConfigBundleRef
    /// The release.
    public let release: Release
    /// The documents.
    public let documents: BundleDocuments
    /// What today's rules find in a release that earlier ones accepted; it stays in service.
    public let findings: [Finding]
    private let mirror: ReleaseMirror
    private let limits: ContentLimits
    private let tree: ObjectID
    private let remembered = Mutex(Memory())

    init(
        pin: ConfigBundleRef, release: Release, documents: BundleDocuments, findings: [Finding],
        mirror: ReleaseMirror, limits: ContentLimits, tree: ObjectID
    ) {
        self.pin = pin
        self.release = release
        self.documents = documents
        self.findings = findings
        self.mirror = mirror
        self.limits = limits
        self.tree = tree
    }

    /// The bytes of a file; throws `not_found`.
    ///
    /// - Parameters:
    ///   - path: the file's path inside the bundle.
    ///   - remembering: whether small files are kept in memory, up to ``rememberedBytes`` in all;
    ///     what is remembered cannot differ from what is stored.
    public func file(
        _ path: BundlePath, remembering: Bool = true
    ) throws(SheafError) -> [UInt8] {
        if remembering, let known = remembered.withLock({ $0.files[path] }) { return known }
        let tree = tree
        let limits = limits
        let bytes = try mirror.read { (repository) throws(SheafError) in
            try TreeFileReader(limits: limits).contents(of: path, in: tree, repository)
        }
        if remembering {
            remembered.withLock { memory in
                guard memory.bytes + bytes.count <= Self.rememberedBytes else { return }
                memory.bytes += bytes.count
                memory.files[path] = bytes
            }
        }
        return bytes
    }

    /// How many bytes of files are kept in memory for one release.
    public static let rememberedBytes = 4 << 20

    private struct Memory {
        var files: [BundlePath: [UInt8]] = [:]
        var bytes = 0
    }
}

extension ReleaseMirror {
    /// How many releases are remembered with their documents; a host rarely uses more at once.
    private static let snapshotCapacity = 16

    /// Verifies the contents that a pin names from raw objects, without any memory.
    package func verifyAnew(_ pin: ConfigBundleRef) throws(SheafError) -> Release {
        let release = try release(pin)
        guard let tree = ObjectID(hex: release.tree) else {
            throw SheafError(.storeCorrupt, "release \(pin.commit.short) has no tree")
        }
        let verifier = ContentsVerifier(limits: limits, documents: nil, digests: nil)
        try read { (repository) throws(SheafError) in
            _ = try verifier.verify(
                repository, tree: tree, claims: release.provenance.revision,
                subject: "release \(release.sequence) of '\(bundle)'")
        }
        return release
    }

    /// The contents that a pin names, as they were opened before in this process.
    package func opened(_ pin: ConfigBundleRef) -> PinnedBundle? {
        snapshots.withLock { $0[pin.commit].flatMap { $0.pin == pin ? $0 : nil } }
    }

    /// Opens the contents that a pin names.
    ///
    /// - Parameter wasVerified: whether this host has verified this commit before. Then neither
    ///   stricter rules nor lower limits take it out of service, and its digest is not computed
    ///   again: the object database checks every object that it reads against its id.
    package func open(
        _ pin: ConfigBundleRef, wasVerified: Bool
    ) throws(SheafError) -> PinnedBundle {
        let release = try release(pin)
        guard let tree = ObjectID(hex: release.tree) else {
            throw SheafError(.storeCorrupt, "release \(pin.commit.short) has no tree")
        }
        let subject = "release \(release.sequence) of '\(bundle)'"
        let limits = wasVerified ? ContentLimits.standard : limits
        let (contents, findings): (BundleDocuments, [Finding]) = try read {
            (repository) throws(SheafError) in
            if !wasVerified { return (try verify(repository, release, subject).documents, []) }
            let verifier = ContentsVerifier(limits: limits, documents: documents, digests: digests)
            return try verifier.read(repository, verified: tree, subject: subject)
        }
        let pinned = PinnedBundle(
            pin: pin, release: release, documents: contents, findings: findings, mirror: self,
            limits: limits, tree: tree)
        snapshots.withLock { snapshots in
            if snapshots.count >= Self.snapshotCapacity { snapshots.removeAll() }
            snapshots[pin.commit] = pinned
        }
        return pinned
    }
}
