package import BundleModel
internal import Foundation
internal import LibGit2

/// A lock by which one process of this host shows others that it is alive: it ends with the process,
/// however that ends.
package struct HostLock: ~Copyable, Sendable {
    private let lock: FileLock

    /// Takes the lock of a file, which is made; nil when another process has it.
    ///
    /// Throws `io_error`.
    package init?(path: String, waiting: Bool = false) throws(SheafError) {
        do throws(FileSystemError) {
            guard let lock = try FileLock(path: path, mode: .exclusive, waiting: waiting) else {
                return nil
            }
            self.lock = lock
        } catch {
            throw SheafError(error, "a lock of this host")
        }
    }

    /// Takes the lock of a file, and tries again for a time when somebody has it: whoever only looks
    /// whether it is held has it for a moment. Blocks the thread.
    ///
    /// - Parameter isHopeless: asked before each new attempt; true ends the waiting.
    /// - Returns: the lock, or nil when another process has it still. Throws `io_error`.
    package static func take(
        path: String, within time: Duration, unless isHopeless: () -> Bool = { false }
    ) throws(SheafError) -> HostLock? {
        let end = ContinuousClock.now + time
        while true {
            if let lock = try HostLock(path: path) { return lock }
            if ContinuousClock.now >= end || isHopeless() { return nil }
            Thread.sleep(forTimeInterval: 0.005)
        }
    }

    /// Whether a process has the lock of a file; false when there is no such file.
    package static func isHeld(path: String) throws(SheafError) -> Bool {
        do throws(FileSystemError) {
            guard try FileContents.exists(path: path) else { return false }
            guard try FileLock(path: path, mode: .shared) != nil else { return true }
            return false
        } catch {
            throw SheafError(error, "a lock of this host")
        }
    }
}
