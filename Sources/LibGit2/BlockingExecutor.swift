internal import Dispatch

/// A serial executor for actors that block, as every actor over a ``Repository`` does.
///
/// Its work runs on a thread outside Swift's cooperative pool, which has one thread per core and
/// must never wait for a disk or a peer.
package final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// An executor whose thread carries `label` in a debugger.
    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            unsafe job.runSynchronously(on: self.asUnownedSerialExecutor())
        }
    }

    /// Safe for an actor that keeps its executor, which is how an actor names it.
    @safe
    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }

    package func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
