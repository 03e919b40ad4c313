package import BundleModel
package import BundleRepository

/// What brings channels up to date: a runtime, or the script of a test.
package protocol FollowedSource: Sendable {
    /// What a sync gives.
    associatedtype Success: Sendable

    /// Tells repositories apart: of each there is one fetch at a time.
    func repository(of channel: FollowedChannel) async -> String

    /// Brings a channel up to date.
    func sync(
        _ channel: FollowedChannel, deadline: Duration
    ) async throws(SheafError) -> Success

    /// The release that is in service now, and the name of the outcome.
    func facts(of success: Success) -> (commit: CommitID, outcome: String)

    /// Waits until the repository of a channel has something new.
    func notice(
        for channel: FollowedChannel, since cursor: String?, waiting: Duration
    ) async throws(SheafError) -> ReleaseNotice

    /// Follows the channel after a restart too.
    func remember(_ channel: FollowedChannel) async throws(SheafError)
}
