internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#endif

/// How a server takes memory from the system.
enum ServerMemory {
    /// Lets threads share two heaps, unless `MALLOC_ARENA_MAX` says how many.
    ///
    /// glibc gives threads heaps of their own, up to eight for each processor, and what is free in
    /// one is of no use to another: with two, a hundred bundles take a third less memory. It counts
    /// for heaps that are made later, so it is said before there are threads. Source: mallopt(3).
    static func shareHeaps() {
        #if canImport(Glibc)
            guard ProcessInfo.processInfo.environment["MALLOC_ARENA_MAX"] == nil else { return }
            _ = mallopt(M_ARENA_MAX, 2)
        #endif
    }
}
