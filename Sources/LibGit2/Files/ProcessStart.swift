#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// When a process was started, by which it is told from a later one with the same number.
package enum ProcessStart {
    /// A text that no other process of this number has; nil when there is no such process.
    ///
    /// On Linux the start in clock ticks since the machine started (`proc(5)`, field 22 of
    /// `/proc/<pid>/stat`) behind the id of that start; on macOS the time of day in microseconds.
    package static func mark(of process: Int32) -> String? {
        #if canImport(Darwin)
            var name: [Int32] = [CTL_KERN, KERN_PROC, KERN_PROC_PID, process]
            var info = kinfo_proc()
            var size = MemoryLayout<kinfo_proc>.stride
            guard unsafe sysctl(&name, UInt32(name.count), &info, &size, nil, 0) == 0, size > 0
            else { return nil }
            let start = unsafe info.kp_proc.p_un.__p_starttime
            return "\(start.tv_sec).\(start.tv_usec)"
        #else
            guard let status = contents(at: "/proc/\(process)/stat"),
                let boot = contents(at: "/proc/sys/kernel/random/boot_id"),
                // The name of the program, in parentheses, may hold anything.
                let end = status.lastIndex(of: ")")
            else { return nil }
            let fields = status[status.index(after: end)...].split(separator: " ")
            // The first of these is field 3, the state: a zombie does nothing any more.
            guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
            return "\(boot.prefix { $0 != "\n" })/\(fields[19])"
        #endif
    }

    #if !canImport(Darwin)
        private static func contents(at path: String) -> String? {
            guard let bytes = try? FileContents.read(path: path, maximumBytes: 1 << 16) else {
                return nil
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    #endif
}
