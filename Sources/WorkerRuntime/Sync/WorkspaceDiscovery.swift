public import BundleModel
internal import BundleRepository

/// Finds out whose a repository is, before a host has a policy that says so.
public enum WorkspaceDiscovery {
    /// The workspace that the newest release of a channel says it is of.
    ///
    /// Nothing of it is checked or kept, and no credential is shown: it is for the first policy of a
    /// host, whose owner named the repository.
    ///
    /// - Parameters:
    ///   - bundle: the bundle whose channel is looked at.
    ///   - channel: the channel.
    ///   - location: the repository; `{bundle}` in its path stands for the bundle.
    ///   - deadline: how long it may take.
    /// - Throws: `not_found`, `provenance_invalid`, `remote_unavailable`, `remote_unauthorized`,
    ///   `deadline_exceeded`, `cancelled`, `limit_exceeded`, `io_error`.
    public static func workspace(
        of bundle: BundleID, on channel: ChannelID, at location: RepositoryLocation,
        deadline: Duration
    ) async throws(SheafError) -> WorkspaceID {
        let remote = RemoteRepository(location.of(bundle))
        return try await TransferQueue().run { () throws(SheafError) in
            try ReleaseMirror.workspace(
                of: bundle, on: channel, at: remote, limits: .init(deadline: deadline),
                isCancelled: { Task.isCancelled })
        }
    }
}
