internal import LibGit2

/// The memory of a server.
package enum SharedHeaps {
    /// Lets all threads share two heaps; said first in a process.
    ///
    /// What is free in the heap of one thread is of no use to another: with two heaps, a runtime
    /// with a hundred bundles takes a third less memory.
    package static func use() { ProcessHeaps.share(2) }
}
