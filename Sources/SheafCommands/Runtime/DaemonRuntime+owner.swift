internal import BundleModel
internal import BundleRepository
internal import LibGit2
internal import RuntimeProtocol
internal import WorkerRuntime

extension DaemonRuntime {
    /// Takes a file into service.
    ///
    /// It is copied into the store first: a daemon of the system sees little else of the host, and
    /// whoever asks may read the file where the daemon may not. That may be root, in a folder where
    /// the daemon and its engines may do anything.
    func importFile(
        _ path: String, _ workspace: WorkspaceID?, deadline: Duration
    ) async throws(SheafError) -> SyncResult {
        let name = RuntimeSocket.newArrival()
        let arrival = try bring(path, named: name)
        defer { arrival.remove() }
        let request = OwnerImportRequest(
            file: name, workspace: workspace, timeoutSeconds: Self.seconds(deadline))
        return try await result(
            of: try await ask(.importFile, request, deadline: deadline + Self.spare))
    }

    private func bring(_ path: String, named name: String) throws(SheafError) -> DeliveredFile {
        do {
            return try DeliveredFile(
                copying: path, named: name, into: RuntimeSocket.arrivals(ofStore: store))
        } catch {
            let shown = DisplayText.escape(path)
            throw error == .noSource
                ? SheafError(.notFound, "there is no file '\(shown)'")
                : SheafError(.ioError, "'\(shown)' cannot be copied into the store")
        }
    }

    /// Forgets a channel.
    func forget(
        _ reference: ChannelReference, _ workspace: WorkspaceID?, reason: String
    ) async throws(SheafError) -> ForgottenChannel {
        let request = OwnerForgetRequest(
            workspace: workspace, bundle: reference.bundle, channel: reference.channel,
            reason: reason)
        let done: ForgottenDocument = try await ask(.forget, request, deadline: .seconds(600))
        return ForgottenChannel(
            commit: done.commit, sequence: done.sequence, reason: done.reason, at: done.at.date)
    }

    /// Follows a channel no more, and gives which.
    func unfollow(
        _ reference: ChannelReference, _ workspace: WorkspaceID?
    ) async throws(SheafError) -> FollowedChannel {
        let request = OwnerChannel(
            workspace: workspace, bundle: reference.bundle, channel: reference.channel)
        let done: OwnerChannel = try await ask(.unfollow, request, deadline: Self.spare)
        guard let workspace = done.workspace else {
            throw SheafError(.remoteUnavailable, "the daemon does not say which channel it was")
        }
        return FollowedChannel(workspace, done.bundle, done.channel)
    }

    /// Collects the store.
    func collect(keepingWorkers time: Duration) async throws(SheafError) -> CollectionReport {
        try await ask(
            .collect, OwnerCollectRequest(keepWorkersSeconds: Self.seconds(time)),
            deadline: .seconds(3600))
    }
}
