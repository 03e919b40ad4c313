public import BundleModel
internal import LibGit2
internal import Synchronization

/// The contents of one accepted release, verified, as workers are created from them.
///
/// Reads go straight to the object database; nothing is checked out. A value may be used from any
/// thread, and its calls are short enough to make without leaving it.
public final class PinnedBundle: Sendable {
    private let contents: PinnedContents
    private let mirror: ReleaseMirror
    /// Nothing of this is collected while somebody has it.
    private let lease: MirrorLease

    init(_ contents: PinnedContents, in mirror: ReleaseMirror) {
        self.contents = contents
        self.mirror = mirror
        lease = mirror.lease(on: contents.pin.commit)
    }

    /// What is pinned.
    public var pin: ConfigBundleRef { contents.pin }
    /// The release.
    public var release: Release { contents.release }
    /// The documents.
    public var documents: BundleDocuments { contents.documents }
    /// What today's rules find in a release that earlier ones accepted; it stays in service.
    public var findings: [Finding] { contents.findings }

    /// The bytes of a file; throws `not_found`.
    ///
    /// - Parameters:
    ///   - path: the file's path inside the bundle.
    ///   - remembering: whether small files are kept in memory, up to ``rememberedBytes`` in all;
    ///     what is remembered cannot differ from what is stored.
    public func file(
        _ path: BundlePath, remembering: Bool = true
    ) throws(SheafError) -> [UInt8] {
        if remembering, let known = contents.remembered(path) { return known }
        let tree = contents.tree
        let limits = contents.limits
        let bytes = try mirror.read { (repository) throws(SheafError) in
            try TreeFileReader(limits: limits).contents(of: path, in: tree, repository)
        }
        if remembering { contents.remember(bytes, of: path, within: Self.rememberedBytes) }
        return bytes
    }

    /// How many bytes of files are kept in memory for one release.
    public static let rememberedBytes = 4 << 20
}

extension ReleaseMirror {
    /// Verifies the contents that a pin names from raw objects, without any memory.
    package func verifyAnew(_ pin: ConfigBundleRef) throws(SheafError) -> Release {
        let lease = lease(on: pin.commit)
        defer { withExtendedLifetime(lease) {} }
        let release = try release(pin)
        guard let tree = ObjectID(hex: release.tree) else {
            throw SheafError(.storeCorrupt, "release \(pin.commit.short) has no tree")
        }
        let verifier = ContentsVerifier(limits: limits, documents: nil, digests: nil)
        try read { (repository) throws(SheafError) in
            _ = try verifier.verify(
                repository, tree: tree, claims: release.provenance.revision,
                commit: release.commit, subject: "release \(release.sequence) of '\(bundle)'")
        }
        return release
    }

    /// The contents that a pin names, as they were opened before in this process.
    package func opened(_ pin: ConfigBundleRef) -> PinnedBundle? {
        snapshots.withLock { $0.look(for: pin.commit) }.flatMap {
            $0.pin == pin ? PinnedBundle($0, in: self) : nil
        }
    }

    /// Opens the contents that a pin names.
    ///
    /// - Parameter wasVerified: whether this host has verified this commit before. Then neither
    ///   stricter rules nor lower limits take it out of service, and its digest is not computed
    ///   again: the object database checks every object that it reads against its id.
    package func open(
        _ pin: ConfigBundleRef, wasVerified: Bool
    ) throws(SheafError) -> PinnedBundle {
        let lease = lease(on: pin.commit)
        defer { withExtendedLifetime(lease) {} }
        let release = try release(pin)
        guard let tree = ObjectID(hex: release.tree) else {
            throw SheafError(.storeCorrupt, "release \(pin.commit.short) has no tree")
        }
        let subject = "release \(release.sequence) of '\(bundle)'"
        let limits = wasVerified ? ContentLimits.standard : limits
        defer { closeReads() }
        let (read, findings): (BundleDocuments, [Finding]) = try read {
            (repository) throws(SheafError) in
            if !wasVerified { return (try verify(repository, release, subject).documents, []) }
            let verifier = ContentsVerifier(limits: limits, documents: documents, digests: digests)
            return try verifier.read(repository, verified: tree, subject: subject)
        }
        let pinned = PinnedContents(
            pin: pin, release: release, documents: read, findings: findings, limits: limits,
            tree: tree)
        snapshots.withLock { $0.remember(pinned) }
        return PinnedBundle(pinned, in: self)
    }
}
