#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Tries again while another writer holds the lock, for 100 ms: Git's own `core.filesRefLockTimeout`.
func retryingWhileLocked(_ body: () throws(GitError) -> Void) throws(GitError) {
    let end = ContinuousClock.now + .milliseconds(100)
    var pause: UInt32 = 500
    while true {
        do throws(GitError) {
            return try body()
        } catch {
            guard error.code == .locked, ContinuousClock.now < end else { throw error }
        }
        usleep(pause)
        pause = min(pause * 2, 8000)
    }
}
