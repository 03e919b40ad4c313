internal import Foundation

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// Moves what an engine writes from a pipe into a bounded log, on a thread of its own, until the
/// last process that can write has gone. An engine that writes faster than the disk waits for it.
struct OutputDrain: Sendable {
    /// Where the engine writes to.
    let end: FileDescriptor
    private let finished: AsyncStream<Void>

    /// Starts the thread. Throws what the system says when there is no pipe to be had.
    init(to path: String, bytes: Int) throws {
        let pipe = try FileDescriptor.pipe()
        end = pipe.writeEnd
        let (finished, continuation) = AsyncStream<Void>.makeStream()
        self.finished = finished
        let source = FileHandle(fileDescriptor: pipe.readEnd.rawValue, closeOnDealloc: true)
        Thread.detachNewThread {
            var log = BoundedLog(path, bytes: bytes)
            while true {
                let bytes = source.availableData
                if bytes.isEmpty { break }
                log.write(bytes)
            }
            continuation.finish()
        }
    }

    /// Waits until everything is written, or the time is over: a process that left the engine's
    /// group can keep the pipe for as long as it likes.
    func finish(within time: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in finished {} }
            group.addTask { try? await Task.sleep(for: time) }
            await group.next()
            group.cancelAll()
        }
    }
}
