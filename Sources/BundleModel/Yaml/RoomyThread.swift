import Dispatch
import Foundation
import Synchronization

/// A thread with more stack than others, for work that recurses deeply.
enum RoomyThread {
    /// 16 MiB: Yams composes 1,000 levels, where libyaml stops, in less than a quarter of it.
    private static let stackBytes = 16 << 20

    /// Runs work on such a thread and waits for its result.
    static func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) -> Result {
        let slot = Slot<Result>()
        let thread = Thread { slot.fill(work()) }
        thread.stackSize = stackBytes
        thread.start()
        return slot.wait()
    }

    private final class Slot<Value: Sendable>: Sendable {
        private let value = Mutex<Value?>(nil)
        private let isFilled = DispatchSemaphore(value: 0)

        func fill(_ value: Value) {
            self.value.withLock { $0 = value }
            isFilled.signal()
        }

        func wait() -> Value {
            while true {
                isFilled.wait()
                if let value = value.withLock({ $0 }) { return value }
            }
        }
    }
}
