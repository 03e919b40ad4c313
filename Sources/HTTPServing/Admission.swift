internal import BundleModel
internal import HTTPTypes
internal import Synchronization

/// How much of some work there is at once, such as runs of `git`, and how many requests wait for it.
///
/// Over that a request is refused at once with when to come again, so that a crowd costs nothing.
public final class Admission: Sendable {
    private struct State {
        var running = 0
        var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var lastNumber = 0
    }

    private let state = Mutex(State())
    private let maximumRunning: Int
    private let maximumWaiting: Int
    private let patience: Duration

    /// - Parameters:
    ///   - maximumRunning: runs at once.
    ///   - maximumWaiting: requests that wait for one.
    ///   - patience: how long one waits before it is refused.
    public init(maximumRunning: Int, maximumWaiting: Int, patience: Duration) {
        self.maximumRunning = maximumRunning
        self.maximumWaiting = maximumWaiting
        self.patience = patience
    }

    /// How many run and wait.
    public var load: (running: Int, waiting: Int) {
        state.withLock { ($0.running, $0.waiting.count) }
    }

    /// Does work when it is its turn; throws ``Problem`` with 503 when that does not come.
    ///
    /// - Parameter waited: is told how long it took until the turn came.
    public func run<Value>(
        waited: (Duration) -> Void, _ work: () async throws -> Value
    ) async throws -> Value {
        let start = ContinuousClock.now
        guard await enter() else { throw Self.busy }
        defer { leave() }
        waited(ContinuousClock.now - start)
        return try await work()
    }

    private func enter() async -> Bool {
        let number = state.withLock { state -> Int? in
            if state.running < maximumRunning, state.waiting.isEmpty {
                state.running += 1
                return nil
            }
            state.lastNumber += 1
            return state.lastNumber
        }
        guard let number else { return true }
        let timer = Task {
            try? await Task.sleep(for: patience)
            giveUp(number)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Bool? in
                    if Task.isCancelled || state.waiting.count >= maximumWaiting { return false }
                    if state.running < maximumRunning, state.waiting.isEmpty {
                        state.running += 1
                        return true
                    }
                    state.waiting.append((number, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            giveUp(number)
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            if state.waiting.isEmpty {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }

    private func giveUp(_ number: Int) {
        let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard let place = state.waiting.firstIndex(where: { $0.number == number }) else {
                return nil
            }
            return state.waiting.remove(at: place).continuation
        }
        waiter?.resume(returning: false)
    }

    /// The refusal of a request that came when there was no room.
    public static var busy: Problem {
        var problem = Problem(
            SheafError(
                .remoteUnavailable, "the server has more to do than it can",
                hint: "ask again in a few seconds"),
            status: .serviceUnavailable)
        problem.fields[.retryAfter] = "5"
        return problem
    }
}
