internal import BundleModel
internal import Synchronization

/// Lets one pass at a time, in the order in which they came; who waits may be cancelled, and waits
/// no longer than its deadline.
final class TransferTurn: Sendable {
    private typealias Waiting = CheckedContinuation<Result<Void, SheafError>, Never>

    private struct State {
        var isTaken = false
        var last: UInt64 = 0
        var waiting: [(id: UInt64, continuation: Waiting)] = []
    }

    private let state = Mutex(State())

    /// Waits for the turn; whoever got it gives it up with ``end()``.
    ///
    /// Throws `cancelled` or `deadline_exceeded`.
    func take(before deadline: ContinuousClock.Instant) async throws(SheafError) {
        let place: UInt64? = state.withLock { state in
            if !state.isTaken {
                state.isTaken = true
                return nil
            }
            state.last += 1
            return state.last
        }
        guard let place else { return }
        let timer = Task {
            do { try await Task.sleep(until: deadline, clock: .continuous) } catch { return }
            leave(place, Self.late)
        }
        defer { timer.cancel() }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { enter(place, $0, before: deadline) }
        } onCancel: {
            leave(place, Self.cancelled)
        }
        try result.get()
    }

    /// Takes the turn when nobody has it; says whether it did.
    func takeIfFree() -> Bool {
        state.withLock { state in
            if state.isTaken { return false }
            state.isTaken = true
            return true
        }
    }

    /// Gives the turn to whoever has waited longest.
    func end() {
        let next: Waiting? = state.withLock { state in
            if !state.waiting.isEmpty { return state.waiting.removeFirst().continuation }
            state.isTaken = false
            return nil
        }
        next?.resume(returning: .success(()))
    }

    private static let late = SheafError(
        .deadlineExceeded, "another transfer of this bundle took all the time allowed")
    private static let cancelled = SheafError(.cancelled, "the transfer was cancelled")

    private func enter(
        _ place: UInt64, _ continuation: Waiting, before deadline: ContinuousClock.Instant
    ) {
        let isFree = state.withLock { state in
            if state.isTaken {
                state.waiting.append((place, continuation))
                return false
            }
            state.isTaken = true
            return true
        }
        if isFree {
            continuation.resume(returning: .success(()))
            return
        }
        // Both may have happened before there was anybody here to tell.
        if Task.isCancelled { leave(place, Self.cancelled) }
        if ContinuousClock.now >= deadline { leave(place, Self.late) }
    }

    private func leave(_ place: UInt64, _ reason: SheafError) {
        let continuation: Waiting? = state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0.id == place }) else {
                return nil
            }
            return state.waiting.remove(at: index).continuation
        }
        continuation?.resume(returning: .failure(reason))
    }
}
