/// When a transfer has to end.
struct TransferWatch: Sendable {
    private let end: ContinuousClock.Instant
    private let isCancelled: @Sendable () -> Bool

    init(deadline: Duration, isCancelled: @escaping @Sendable () -> Bool) {
        end = ContinuousClock.now + deadline
        self.isCancelled = isCancelled
    }

    func check() throws(TransportError) {
        if isCancelled() { throw .cancelled }
        if ContinuousClock.now >= end { throw .deadlineExceeded }
    }

    /// How long to wait for a peer before the next ``check()``, in milliseconds: at most 50, so that
    /// a cancellation is seen at once by human standards.
    var waitMilliseconds: Int32 {
        let left = end - ContinuousClock.now
        return left > .milliseconds(50) ? 50 : max(0, Int32(left / .milliseconds(1)))
    }
}
