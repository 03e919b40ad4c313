internal import BundleModel
internal import LibGit2

/// A bare Git repository of one workspace: its bundles' revisions and releases.
///
/// With the path of a repository that is there and a bundle's directory:
///
/// ```swift
/// let repository = try BundleRepository.open(at: path)
/// let published = try await repository.publish(
///     PublishRequest(directory: directory, message: "Shorter triage prompt"))
/// print(published.revision.number, published.revision.digest)
/// let release = try await repository.release(
///     BundleReference("support-agents@1"), to: ChannelID("stable"), reason: "reviewed",
///     identityFrom: directory)
/// print(release.channel, release.sequence, release.pin)
/// let verified = try await repository.verify(BundleReference("support-agents@stable"))
/// print(verified.files, "files:", verified.checks.joined(separator: ", "))
/// ```
///
/// All work on the repository runs on a serial queue of its own, never on Swift's shared pool. Every
/// method throws `SheafError`.
public actor BundleRepository {
    /// Anew now and then: see ``reopen()``.
    var repository: Repository
    let limits: ContentLimits
    let git: GitProgram
    let digests = DigestMemory()
    let documents: DocumentMemory
    /// The other side, where this is the copy of a repository at another place.
    let upstream: Upstream?
    private let executor: BlockingExecutor

    /// The directory of the repository.
    public nonisolated let path: String

    /// Runs the actor on its own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(
        _ repository: consuming Repository, path: String, limits: ContentLimits, git: GitProgram,
        upstream: Upstream? = nil
    ) {
        self.upstream = upstream
        self.repository = repository
        self.path = path
        self.limits = limits
        documents = DocumentMemory(limits: limits)
        self.git = git
        executor = BlockingExecutor(label: "sheaf.repository")
    }

    var reader: CommitReader { CommitReader(limits: limits) }

    func branch(_ bundle: BundleID) -> RevisionBranch {
        RevisionBranch(bundle: bundle, reader: reader)
    }

    func channelBranch(_ bundle: BundleID, _ channel: ChannelID) -> ChannelBranch {
        ChannelBranch(bundle: bundle, channel: channel, reader: reader)
    }
}
