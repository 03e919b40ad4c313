#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What tells that a file or directory was changed: which it is, its size, and when it changed.
///
/// A file that is replaced is another one; a directory changes when something in it is made,
/// renamed or removed. Clocks of file systems tick only every few milliseconds, so a change within
/// ``granularity`` after the last one may not show.
package struct FileStamp: Hashable, Sendable {
    private let inode: UInt64
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    /// How far apart two changes are that have different times at least.
    package static let granularity = Duration.milliseconds(20)

    /// Looks at a path; nil when nothing is there or it cannot be examined.
    package init?(path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
            let time = status.st_ctimespec
        #else
            let time = status.st_ctim
        #endif
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        seconds = Int(time.tv_sec)
        nanoseconds = Int(time.tv_nsec)
    }

    /// Whether the last change is so long ago that another one would show.
    package var isSettled: Bool {
        var now = timespec()
        guard unsafe clock_gettime(CLOCK_REALTIME, &now) == 0 else { return false }
        let age =
            Duration.seconds(Int(now.tv_sec) - seconds)
            + .nanoseconds(Int(now.tv_nsec) - nanoseconds)
        return age > Self.granularity
    }
}
