internal import ArgumentParser
internal import Foundation
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// How long a hook of the server may take, whatever it is doing then.
struct HookDeadline: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Refuse the push after this many seconds.", valueName: "seconds"))
    var deadline = Self.standard

    /// Five minutes.
    static let standard = 300.0

    func validate() throws {
        guard deadline > 0, deadline <= 86_400 else {
            throw ValidationError("'--deadline' is a number of seconds up to 86400.")
        }
    }

    /// Ends the process when the time is over: Git takes that for a refusal.
    ///
    /// It is a thread of its own, because what takes so long may be a call that never returns.
    static func start(seconds: Double) {
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: seconds)
            let text =
                "error: the check took longer than \(Int(seconds.rounded(.up))) s "
                + "(deadline_exceeded)\nhint: push fewer commits at once\n"
            _ = try? FileDescriptor.standardError.writeAll(Array(text.utf8))
            _exit(3)
        }
    }
}
