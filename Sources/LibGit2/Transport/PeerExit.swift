internal import Dispatch
internal import Synchronization

/// Where a thread waits for the end of a child process that a task watches.
final class PeerExit: Sendable {
    private let state = Mutex<String?>(nil)
    private let group = DispatchGroup()

    init() { group.enter() }

    /// How the process ended; nil while it runs.
    var reason: String? { state.withLock { $0 } }

    /// Called once.
    func report(_ reason: String) {
        state.withLock { $0 = reason }
        group.leave()
    }

    /// Whether the process ended within this time.
    func wait(atMost time: DispatchTimeInterval) -> Bool {
        group.wait(timeout: .now() + time) == .success
    }
}
