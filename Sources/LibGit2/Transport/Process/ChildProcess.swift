internal import CLibgit2Shims

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif
#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// A child process in a process group of its own, which is ended and reaped with the value.
///
/// It is started, watched and reaped by the thread that uses it. An asynchronous library would do
/// that on Swift's cooperative pool, where work that keeps all threads busy would hold up a
/// deadline or the end of a process for as long as it takes.
struct ChildProcess: ~Copyable {
    private let number: pid_t

    /// Starts `command` with these descriptors, which stay open here.
    init(_ command: PeerCommand, _ ends: PeerPipes.Ends) throws(TransportError) {
        guard let file = command.file else {
            throw .lacking(command.program)
        }
        var number: pid_t = 0
        let failure = unsafe withCStrings([file] + command.arguments) { arguments in
            unsafe withCStrings(command.environment) { environment in
                unsafe sheaf_spawn(
                    &number, file, arguments.baseAddress, environment.baseAddress,
                    ends.input.rawValue, ends.output.rawValue, ends.error.rawValue)
            }
        }
        guard failure == 0 else {
            throw .unavailable("\(command.program) cannot be run: \(Errno(rawValue: failure))")
        }
        self.number = number
        if let memory = command.memory { sheaf_child_limit_memory(number, memory) }
    }

    deinit {
        if !hasEnded(within: .milliseconds(200)) {
            kill(-number, SIGTERM)
            _ = hasEnded(within: .milliseconds(100))
        }
        // Not reaped yet, the process keeps its number, so this meets nobody else's group.
        kill(-number, SIGKILL)
        _ = sheaf_child_reap(number)
    }

    var hasEnded: Bool { sheaf_child_has_ended(number) == 1 }

    /// Whether it has ended, or does so in this time.
    func hasEnded(within time: Duration) -> Bool {
        let end = ContinuousClock.now + time
        var pause: UInt32 = 200
        while !hasEnded {
            guard ContinuousClock.now < end else { return false }
            usleep(pause)
            pause = min(pause * 2, 10_000)
        }
        return true
    }
}
