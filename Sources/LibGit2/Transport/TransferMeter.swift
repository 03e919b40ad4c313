/// Told how many objects and bytes a transfer has received so far, on the transfer's own thread, which
/// waits for it.
package typealias TransferObserver = @Sendable (_ objects: Int, _ bytes: Int) -> Void

/// Tells an observer how far a transfer is, at most ten times a second. Used by the one thread that
/// drives it.
struct TransferMeter {
    private static let interval = Duration.milliseconds(100)

    private let observer: TransferObserver
    private var next = ContinuousClock.now

    init(_ observer: @escaping TransferObserver) {
        self.observer = observer
    }

    /// Takes down where the transfer is; the objects are counted only when the observer is told.
    mutating func note(bytes: Int, objects: () -> Int) {
        let now = ContinuousClock.now
        guard now >= next else { return }
        next = now + Self.interval
        observer(objects(), bytes)
    }

    /// Tells what has come in all.
    func end(bytes: Int, objects: Int) { observer(objects, bytes) }
}
