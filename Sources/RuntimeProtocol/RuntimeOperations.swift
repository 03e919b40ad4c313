public import BundleModel

/// What can be asked of a runtime, in documents: of the library in the same process, or of a daemon
/// over HTTP, with the same results and the same codes.
///
/// Every method throws what the library throws for it, and over HTTP beside that `unauthorized` and
/// `forbidden` when the runtime refuses the caller, `remote_unavailable` and `deadline_exceeded` when
/// it cannot be reached.
public protocol RuntimeOperations: Sendable {
    /// What the runtime is.
    func describe() async throws(SheafError) -> RuntimeDocument

    /// The channels that the host follows, by workspace, bundle and channel.
    ///
    /// - Parameters:
    ///   - cursor: where the part before ended; nil for the start.
    ///   - limit: at most so many, 1 to 1000; nil for 100.
    func channels(after cursor: String?, limit: Int?) async throws(SheafError) -> ChannelPage

    /// Where contents are in service; throws `not_found` when nowhere.
    func bundle(_ digest: BundleDigest) async throws(SheafError) -> BundleDocument

    /// Brings a channel up to date from a Git bundle file with these contents.
    ///
    /// Throws `digest_mismatch` for a file with others, and keeps nothing of it.
    ///
    /// - Parameters:
    ///   - digest: the digest of the contents.
    ///   - path: the file.
    ///   - workspace: the workspace; nil where only one of the host serves the bundle, or only one
    ///     is seen.
    func put(
        _ digest: BundleDigest, file path: String, workspace: WorkspaceID?
    ) async throws(SheafError) -> SyncReport

    /// Brings a channel up to date from its repository.
    func sync(_ request: SyncRequest) async throws(SheafError) -> SyncReport

    /// Whether contents under a commit can be used.
    func availability(
        _ digest: BundleDigest, commit: CommitID
    ) async throws(SheafError) -> AvailabilityDocument

    /// What would become of workers of a pinned bundle.
    func preflight(_ request: PreflightRequest) async throws(SheafError) -> PreflightReport

    /// Creates a worker, and starts its engine unless the request says otherwise.
    func createWorker(_ request: WorkerRequest) async throws(SheafError) -> WorkerReply

    /// The workers, the newest first; as ``channels(after:limit:)`` in parts.
    func workers(after cursor: String?, limit: Int?) async throws(SheafError) -> WorkerPage

    /// One worker; throws `not_found`.
    func worker(_ id: WorkerID) async throws(SheafError) -> WorkerDocument

    /// Stops a worker; throws `not_found`.
    func stopWorker(
        _ id: WorkerID, _ request: StopRequest
    ) async throws(SheafError) -> WorkerDocument
}

extension RuntimeOperations {
    /// Brings a channel up to date from a Git bundle file with these contents, where only one
    /// workspace of the host serves the bundle or only one is seen.
    public func put(
        _ digest: BundleDigest, file path: String
    ) async throws(SheafError) -> SyncReport {
        try await put(digest, file: path, workspace: nil)
    }
}
