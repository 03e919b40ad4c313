internal import LibGit2

/// The service manager that started this process, as systemd's sd_notify(3) has it; one that waits
/// for no messages is told nothing.
package struct ServiceNotices: Sendable {
    private let socket: String?
    /// How often it wants to hear that the process is alive; nil when it does not ask.
    package let watchdog: Duration?

    /// Reads the variables that it set.
    package init(environment: [String: String], process: Int) {
        let name = environment["NOTIFY_SOCKET"] ?? ""
        socket = name.hasPrefix("/") || name.hasPrefix("@") ? name : nil
        let isMeant = environment["WATCHDOG_PID"].map { Int($0) == process } ?? true
        let limit = environment["WATCHDOG_USEC"].flatMap { Int($0) } ?? 0
        watchdog = isMeant && limit > 0 && socket != nil ? .microseconds(limit) : nil
    }

    /// The process can be used.
    package func ready(_ status: String) { tell("READY=1\nSTATUS=\(status)") }

    /// The process is about to end.
    package func stopping() { tell("STOPPING=1") }

    /// The process is alive.
    package func alive() { tell("WATCHDOG=1") }

    private func tell(_ text: String) {
        guard let socket else { return }
        // Nobody is there to be told that nobody is there to be told.
        _ = Datagram.send(text, to: socket)
    }
}
