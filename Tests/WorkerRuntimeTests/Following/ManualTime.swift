import Synchronization
import WorkerRuntime

/// A clock that goes on only when it is told to.
final class ManualTime: Sendable {
    private struct Sleeper {
        let end: Duration
        let id: Int
        let wake: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now: Duration = .zero
        var last = 0
        var sleepers: [Sleeper] = []
    }

    private let state = Mutex(State())

    var time: FollowTime {
        FollowTime(now: { self.state.withLock(\.now) }, sleep: { await self.sleep(until: $0) })
    }

    var now: Duration { state.withLock(\.now) }

    /// Moves on to a moment; whoever sleeps until then wakes.
    func advance(to moment: Duration) {
        let woken = state.withLock { state in
            state.now = max(state.now, moment)
            let woken = state.sleepers.filter { $0.end <= state.now }
            state.sleepers.removeAll { $0.end <= state.now }
            return woken
        }
        for sleeper in woken { sleeper.wake.resume() }
    }

    /// Whether somebody sleeps until exactly then.
    func isAwaited(_ moment: Duration) -> Bool {
        state.withLock { $0.sleepers.contains { $0.end == moment } }
    }

    private func sleep(until end: Duration) async {
        let id = state.withLock { state in
            state.last += 1
            return state.last
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let isOver = state.withLock { state in
                    if state.now >= end || Task.isCancelled { return true }
                    state.sleepers.append(Sleeper(end: end, id: id, wake: wake))
                    return false
                }
                if isOver { wake.resume() }
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: Int) {
        let gone = state.withLock { state in
            state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
        }
        gone?.wake.resume()
    }
}
