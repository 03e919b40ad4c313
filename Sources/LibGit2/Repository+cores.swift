internal import Dispatch
internal import Foundation
internal import Synchronization

extension Repository {
    /// Does something with each of so many objects, on as many cores as there are.
    ///
    /// Each core opens the repository for itself, because a handle is never shared. What is left is
    /// taken in small parts, so that no core waits for another one's large files. Blocks until all
    /// is done; throws what opening or `body` threw, after which no more is begun.
    package func onAllCores(
        _ count: Int,
        _ body: @Sendable (borrowing Repository, Int) throws(GitError) -> Void
    ) throws(GitError) {
        let cores = max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))
        let (path, folders) = (path, furtherObjects)
        let next = Atomic(0)
        let failure = Mutex<GitError?>(nil)
        DispatchQueue.concurrentPerform(iterations: min(cores, count)) { _ in
            do throws(GitError) {
                var repository = try Repository.open(at: path)
                for folder in folders { try repository.addObjects(at: folder) }
                while failure.withLock({ $0 == nil }) {
                    let start = next.add(Self.part, ordering: .relaxed).oldValue
                    if start >= count { return }
                    for index in start..<min(count, start + Self.part) {
                        try body(repository, index)
                    }
                }
            } catch {
                failure.withLock { $0 = error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    private static var part: Int { 16 }
}
