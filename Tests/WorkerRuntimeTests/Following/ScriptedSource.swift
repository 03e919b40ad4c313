import BundleModel
import BundleRepository
import Synchronization
import WorkerRuntime

/// Repositories that answer as a test says: each workspace is one.
final class ScriptedSource: FollowedSource {
    /// What a repository does when a channel of it is fetched.
    enum Answer: Sendable {
        case commit(String)
        case failure(SheafError)
        /// Nothing, until the task is cancelled or the test goes on with something.
        case hang
    }

    private struct State {
        var answers: [WorkspaceID: Answer] = [:]
        var begun: [FollowedChannel] = []
        var ended: [FollowedChannel] = []
        var running: [WorkspaceID: Int] = [:]
        var mostRunning: [WorkspaceID: Int] = [:]
        var hanging: [(FollowedChannel, CheckedContinuation<Answer, Never>)] = []
        var remembered: [FollowedChannel] = []
        var notices: [ReleaseNotice] = []
        var cursors: [String?] = []
        var places: [WorkspaceID: String] = [:]
    }

    private let state = Mutex(State())

    func answer(_ workspace: WorkspaceID, _ answer: Answer) {
        state.withLock { $0.answers[workspace] = answer }
    }

    /// Says where the repository of a workspace is from now on.
    func place(_ workspace: WorkspaceID, at name: String) {
        state.withLock { $0.places[workspace] = name }
    }

    /// Lets what hangs in a workspace go on.
    func release(_ workspace: WorkspaceID, with answer: Answer) {
        let hanging = state.withLock { state in
            let hanging = state.hanging.filter { $0.0.workspace == workspace }
            state.hanging.removeAll { $0.0.workspace == workspace }
            return hanging
        }
        for (_, turn) in hanging { turn.resume(returning: answer) }
    }

    func tell(_ notices: [ReleaseNotice]) { state.withLock { $0.notices += notices } }

    var begun: [FollowedChannel] { state.withLock(\.begun) }
    var ended: [FollowedChannel] { state.withLock(\.ended) }
    var remembered: [FollowedChannel] { state.withLock(\.remembered) }
    var cursors: [String?] { state.withLock(\.cursors) }
    var hangingCount: Int { state.withLock(\.hanging.count) }
    /// The most fetches that a repository ever had at once.
    var mostAtOnce: Int { state.withLock { $0.mostRunning.values.max() ?? 0 } }

    // MARK: What a follower asks

    func repository(of channel: FollowedChannel) async -> String {
        state.withLock { $0.places[channel.workspace] } ?? channel.workspace.rawValue
    }

    func sync(
        _ channel: FollowedChannel, deadline: Duration
    ) async throws(SheafError) -> String {
        var answer = state.withLock { state in
            state.begun.append(channel)
            let running = state.running[channel.workspace, default: 0] + 1
            state.running[channel.workspace] = running
            state.mostRunning[channel.workspace] = max(
                running, state.mostRunning[channel.workspace] ?? 0)
            return state.answers[channel.workspace] ?? .commit("a")
        }
        defer {
            state.withLock { state in
                state.running[channel.workspace, default: 1] -= 1
                state.ended.append(channel)
            }
        }
        if case .hang = answer { answer = await hang(channel) }
        switch answer {
        case .commit(let commit): return commit
        case .failure(let error): throw error
        case .hang: throw SheafError(.cancelled, "the transfer was cancelled")
        }
    }

    private func hang(_ channel: FollowedChannel) async -> Answer {
        await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                state.withLock { $0.hanging.append((channel, turn)) }
                if Task.isCancelled { release(channel.workspace, with: .hang) }
            }
        } onCancel: {
            release(channel.workspace, with: .hang)
        }
    }

    func facts(of success: String) -> (commit: CommitID, outcome: String) {
        (Self.commit(success), "updated")
    }

    static func commit(_ digit: String) -> CommitID {
        CommitID(String(repeating: digit, count: 40))!
    }

    func notice(
        for channel: FollowedChannel, since cursor: String?, waiting: Duration
    ) async throws(SheafError) -> ReleaseNotice {
        state.withLock { state in
            state.cursors.append(cursor)
            return state.notices.isEmpty ? .notOffered : state.notices.removeFirst()
        }
    }

    func remember(_ channel: FollowedChannel) async throws(SheafError) {
        state.withLock { $0.remembered.append(channel) }
    }
}
