internal import Synchronization

/// How many requests are answered at once.
final class RequestTurns: Sendable {
    private let running = Mutex(0)
    private let maximum: Int

    /// - Parameter maximum: over so many there is no turn.
    init(maximum: Int) {
        self.maximum = maximum
    }

    /// Begins one; gives whether there was a turn, which is then to be ended.
    func begin() -> Bool {
        running.withLock { running in
            guard running < maximum else { return false }
            running += 1
            return true
        }
    }

    func end() { running.withLock { $0 -= 1 } }
}
