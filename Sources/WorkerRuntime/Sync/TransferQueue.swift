internal import BundleModel
internal import BundleRepository

/// Runs transfers on a thread of their own, one at a time, so that a slow repository holds up
/// neither the creation of workers nor any read.
actor TransferQueue {
    private let thread = StoreThread(label: "sheaf.transfer")

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.unownedExecutor }

    /// Looks whether a repository has a channel; throws `not_found` when it has none.
    func look(
        for channel: ChannelID, of bundle: BundleID, at location: String, deadline: Duration
    ) throws(SheafError) {
        try ReleaseMirror.look(
            for: channel, of: bundle, at: location, limits: .init(deadline: deadline),
            isCancelled: { Task.isCancelled })
    }

    /// Fetches a channel; first and after a failure it removes what stopped transfers left.
    ///
    /// Cancelling the task stops the transfer within about a second.
    func fetch(
        _ channel: ChannelID, from location: String, into mirror: ReleaseMirror,
        deadline: Duration
    ) throws(SheafError) -> ReleaseMirror.Transfer {
        try mirror.removeLeftovers()
        do throws(SheafError) {
            return try mirror.fetch(
                channel, from: location, limits: .init(deadline: deadline),
                isCancelled: { Task.isCancelled })
        } catch {
            try? mirror.removeLeftovers()
            throw error
        }
    }
}
