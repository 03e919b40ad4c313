internal import Synchronization

/// Whether a server has begun to listen: what fails after that is not its address.
final class ServingState: Sendable {
    private let isServing = Mutex(false)

    /// Notes that it has.
    func begin() { isServing.withLock { $0 = true } }

    var hasBegun: Bool { isServing.withLock { $0 } }
}
