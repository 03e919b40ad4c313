#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How many files and connections this process may have open.
package enum OpenFileLimit {
    /// Raises the soft limit to the hard one, which a server needs: the usual soft one of 1,024 is
    /// for programs that call select(2). Gives the limit that holds then; a failure changes nothing.
    ///
    /// Source: getrlimit(2); macOS takes no more than `OPEN_MAX`.
    package static func raise() -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(resource, &limit) == 0 else { return 0 }
        var raised = limit
        #if canImport(Darwin)
            raised.rlim_cur = min(limit.rlim_max, rlim_t(OPEN_MAX))
        #else
            raised.rlim_cur = limit.rlim_max
        #endif
        let isRaised = unsafe setrlimit(resource, &raised) == 0
        return Int(clamping: isRaised ? raised.rlim_cur : limit.rlim_cur)
    }

    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif
}
