package import BundleModel
internal import Foundation
internal import LibGit2
internal import Synchronization

/// A runtime's own bare repository of one bundle: what it fetched, what it accepted, what its live
/// workers use.
///
/// Reads and transfers have a handle each, so that a slow remote never holds up a read. Calls
/// block; a read of something hot takes microseconds.
package final class ReleaseMirror: Sendable {
    /// The workspace that the bundle is of.
    package let workspace: WorkspaceID
    /// The bundle.
    package let bundle: BundleID
    let path: String
    let limits: ContentLimits
    let reading: Mutex<Repository?>
    let transferring = Mutex<Repository?>(nil)
    /// How often the mirror was read, and how often when that was last looked at.
    let reads = Atomic(0), readsSeen = Atomic(0)
    let digests = DigestMemory()
    let documents: DocumentMemory
    let listed = ListingMemory()
    let found: FoundObjects
    let snapshots = Mutex(SnapshotMemory())
    private let known = Mutex<[CommitID: Release]>([:])
    /// The release of a channel that was last found to lead back to each commit.
    let reached = Mutex<[ObjectID: ObjectID]>([:])
    /// Whether another process owns the store.
    let isReader: Bool
    /// The releases whose contents somebody in this process has open, and how often.
    let inUse = Mutex<[CommitID: Int]>([:])
    /// Releases that this process knows to be held: only an owner holds them or lets them go.
    let knownHeld = Mutex<Set<CommitID>>([])

    /// Opens the mirror of a bundle, or makes an empty one where `creating` says so.
    ///
    /// - Parameter isReader: whether another process owns the store; what is read is then held
    ///   against that one's collections.
    ///
    /// Throws `bundle_missing` when there is none, `store_corrupt` when it cannot be opened.
    package init(
        at path: String, workspace: WorkspaceID, bundle: BundleID, creating: Bool,
        limits: ContentLimits = .standard, isReader: Bool = false
    ) throws(SheafError) {
        self.isReader = isReader
        self.workspace = workspace
        self.bundle = bundle
        self.path = path
        self.limits = limits
        documents = DocumentMemory(limits: limits, isOfOneBundle: true)
        found = FoundObjects(at: path)
        let isThere = FileManager.default.fileExists(atPath: "\(path)/HEAD")
        guard isThere || creating else {
            throw SheafError(
                .bundleMissing, "bundle '\(workspace)/\(bundle)' is not on this host",
                hint: "'sheaf runtime sync \(bundle)@latest' fetches it")
        }
        do {
            if !isThere {
                _ = try Repository.createBare(at: path, initialBranch: "main")
            }
            reading = Mutex(try Repository.open(at: path))
        } catch {
            throw SheafError(
                .storeCorrupt,
                "the store of '\(workspace)/\(bundle)' cannot be opened: \(error.publicText)")
        }
    }

    var reader: CommitReader { CommitReader(limits: limits) }

    func read<Value: Sendable>(
        _ subject: String, _ body: @Sendable (borrowing Repository) throws(GitError) -> Value
    ) throws(SheafError) -> Value {
        try read { (repository) throws(SheafError) in
            try mapping(subject) { () throws(GitError) in try body(repository) }
        }
    }

    func read<Value: Sendable>(
        _ body: @Sendable (borrowing Repository) throws(SheafError) -> Value
    ) throws(SheafError) -> Value {
        let lease = readerLease()
        defer { withExtendedLifetime(lease) {} }
        do throws(SheafError) {
            return try withReadHandle(body)
        } catch {
            guard mayBeReplaced(error.code) else { throw error }
            closeReads()
            return try withReadHandle(body)
        }
    }

    /// Reads again, once, what may have failed because the owner of the store put other packs in the
    /// place of those that were being read.
    func readingAgain<Value>(
        _ body: () throws(SheafError) -> Value
    ) throws(SheafError) -> Value {
        do throws(SheafError) {
            return try body()
        } catch  where mayBeReplaced(error.code) {
            return try body()
        }
    }

    /// Whether a failure may be one of a reader beside a collection; the owner's own reads and
    /// collections take turns.
    private func mayBeReplaced(_ code: SheafError.Code) -> Bool {
        isReader && [.storeCorrupt, .ioError, .notFound, .bundleMissing].contains(code)
    }

    /// What a commit says as a release of this bundle: one of `channel`, or of any where that is nil.
    ///
    /// What a commit says stays the same, so it is read once, and after that no more than looked for.
    func release(
        _ repository: borrowing Repository, _ id: CommitID, on channel: ChannelID?
    ) throws(SheafError) -> Release {
        if let release = known.withLock({ $0[id] }),
            channel == nil || release.channel == channel, repository.contains(try id.objectID())
        {
            return release
        }
        let release = try reader.release(repository, id, of: bundle, on: channel)
        known.withLock { known in
            if known.count >= Self.maximumKnown { known.removeAll() }
            known[id] = release
        }
        return release
    }

    static let maximumKnown = 64

    /// The release that is in service on a channel; nil when none was accepted.
    package func accepted(_ channel: ChannelID) throws(SheafError) -> Release? {
        try read { (repository) throws(SheafError) in
            let name = BundleRefName.accepted(channel)
            let target = try mapping("the accepted release") { () throws(GitError) in
                try repository.reference(name)
            }
            guard let target else { return nil }
            let commit = try CommitID(target)
            do throws(SheafError) {
                return try release(repository, commit, on: channel)
            } catch  where error.code == .notFound {
                throw SheafError(
                    .storeCorrupt,
                    "the store of '\(workspace)/\(bundle)' has lost the release in service",
                    details: ["commit": target.hex])
            }
        }
    }

    /// The channels with an accepted release, by name.
    package func acceptedChannels() throws(SheafError) -> [ChannelID] {
        let references = try read("the channels") { (repository) throws(GitError) in
            try repository.references(withPrefix: BundleRefName.acceptedPrefix)
        }
        return references.compactMap {
            try? ChannelID(String($0.name.dropFirst(BundleRefName.acceptedPrefix.count)))
        }
    }
}
