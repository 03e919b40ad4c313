internal import Synchronization

/// The places for fetches at once, in the order in which they were asked for; what somebody waits
/// for comes first.
final class FetchSlots: Sendable {
    private typealias Waiting = (
        id: UInt64, isFirst: Bool, turn: CheckedContinuation<Bool, Never>
    )

    private struct State {
        var free: Int
        var last: UInt64 = 0
        var waiting: [Waiting] = []
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(free: max(1, count)))
    }

    /// How many wait for a place.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Waits for a place, which is given back with ``give()``; false when the task was cancelled.
    func take(first: Bool) async -> Bool {
        let id: UInt64? = state.withLock { state in
            if state.free > 0 {
                state.free -= 1
                return nil
            }
            state.last += 1
            return state.last
        }
        guard let id else { return true }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { enter((id, first, $0)) }
        } onCancel: {
            leave(id)
        }
    }

    /// Gives a place to whoever waits for one.
    func give() {
        let next: Waiting? = state.withLock { state in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.turn.resume(returning: true)
    }

    private func enter(_ waiting: Waiting) {
        let isFree = state.withLock { state in
            if state.free > 0 {
                state.free -= 1
                return true
            }
            let place = waiting.isFirst ? state.waiting.firstIndex { !$0.isFirst } : nil
            state.waiting.insert(waiting, at: place ?? state.waiting.count)
            return false
        }
        if isFree { return waiting.turn.resume(returning: true) }
        // It may have happened before there was anybody here to tell.
        if Task.isCancelled { leave(waiting.id) }
    }

    private func leave(_ id: UInt64) {
        let gone: Waiting? = state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
        }
        gone?.turn.resume(returning: false)
    }
}
