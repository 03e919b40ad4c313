internal import CLibgit2Shims

/// How the threads of this process take memory from the system.
package enum ProcessHeaps {
    /// Lets threads share so many heaps, unless `MALLOC_ARENA_MAX` says how many.
    ///
    /// Of no effect where the C library is another than glibc. It counts for heaps that are made
    /// later, so it is said before there are threads. Source: mallopt(3).
    package static func share(_ count: Int32) { sheaf_share_heaps(count) }
}
