/// When a transfer has to end. Used by the one thread that drives it.
final class TransferWatch {
    private let end: ContinuousClock.Instant
    private let idle: Duration?
    private let isCancelled: @Sendable () -> Bool
    private var lastMove: ContinuousClock.Instant

    /// - Parameter idle: how long nothing may come; nil for as long as the deadline lets it.
    init(
        deadline: Duration, idle: Duration? = nil, isCancelled: @escaping @Sendable () -> Bool
    ) {
        let now = ContinuousClock.now
        end = now + deadline
        lastMove = now
        self.idle = idle
        self.isCancelled = isCancelled
    }

    /// Something came, or the transfer has work of its own to do.
    func moved() { lastMove = ContinuousClock.now }

    func check() throws(TransportError) {
        if isCancelled() { throw .cancelled }
        let now = ContinuousClock.now
        if now >= end { throw .deadlineExceeded }
        if let idle, now - lastMove >= idle {
            throw .stalled("nothing came for \(Self.text(idle))")
        }
    }

    /// How long to wait for a peer before the next ``check()``, in milliseconds: at most 50, so that
    /// a cancellation is seen at once by human standards.
    var waitMilliseconds: Int32 {
        let left = end - ContinuousClock.now
        return left > .milliseconds(50) ? 50 : max(0, Int32(left / .milliseconds(1)))
    }

    /// A length of time, shortened to what is left of the deadline.
    func shortened(_ time: Duration) -> Duration {
        max(.zero, min(time, end - ContinuousClock.now))
    }

    static func text(_ time: Duration) -> String {
        time < .seconds(1)
            ? "\(Int(time / .milliseconds(1))) ms" : "\(Int((time / .seconds(1)).rounded())) s"
    }
}
