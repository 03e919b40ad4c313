internal import CLibgit2Shims

/// The watch over what libgit2 does with data from a repository that may be damaged or hostile.
///
/// Once it is started, a read that takes longer than the deadline, or crashes, ends the process with
/// a report that was made ready before. Nothing else can be done about a loop or a wild pointer inside
/// a C library; it is for programs that read one repository and end, and not for servers.
package enum ReadWatch {
    /// Starts the watch, once in a process; false when it runs already or cannot be started.
    ///
    /// - Parameters:
    ///   - deadline: how long one read may take, at least a millisecond.
    ///   - report: what is written to standard error before the process ends.
    ///   - status: the exit status.
    package static func start(deadline: Duration, report: [UInt8], status: Int32) -> Bool {
        let (seconds, attoseconds) = deadline.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        return unsafe report.withUnsafeBytes { bytes in
            unsafe sheaf_watch_start(
                UInt32(clamping: max(1, milliseconds)), bytes.baseAddress, bytes.count, status)
        } == 0
    }

    /// Does what may loop or crash inside libgit2; `isTimed` is false for what waits for others.
    static func run<Value: ~Copyable, Failure: Error>(
        isTimed: Bool = true, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        sheaf_watch_enter(isTimed ? 1 : 0)
        defer { sheaf_watch_leave() }
        return try body()
    }
}
