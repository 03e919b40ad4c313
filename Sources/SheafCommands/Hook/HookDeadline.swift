internal import ArgumentParser
internal import BundleModel
internal import Foundation
internal import Synchronization
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
            "Refuse the push after this many seconds.",
            discussion: "Default: sheaf.hookDeadline of the repository, else 300.",
            valueName: "seconds"))
    var deadline: Double?

    /// Five minutes.
    static let standard = 300.0
    /// When the process began to count, and how long it may take.
    private static let clock = Mutex((start: Date.now, seconds: standard))

    func validate() throws {
        guard deadline.map(Self.isValid) ?? true else {
            throw ValidationError("'--deadline' is a number of seconds up to 86400.")
        }
    }

    /// Ends the process when the time is over: Git takes that for a refusal.
    ///
    /// A second call sets another time, counted from the first. It is a thread of its own, because
    /// what takes so long may be a call that never returns.
    static func start(seconds: Double) {
        let end = clock.withLock { clock in
            clock.seconds = seconds
            return clock.start.addingTimeInterval(seconds)
        }
        Thread.detachNewThread {
            Thread.sleep(until: end)
            let current = clock.withLock { $0.seconds }
            guard current <= seconds else { return }
            let text =
                "error: the check took longer than \(Int(seconds.rounded(.up))) s "
                + "(deadline_exceeded)\nhint: push fewer commits at once\n"
            _ = try? FileDescriptor.standardError.writeAll(Array(text.utf8))
            _exit(3)
        }
    }

    /// Reads `sheaf.hookDeadline`; throws `store_corrupt` when it is no such number of seconds.
    static func seconds(_ setting: String) throws(SheafError) -> Double {
        guard let seconds = Double(setting), isValid(seconds) else {
            throw SheafError(
                .storeCorrupt, "sheaf.hookDeadline of this repository is no number of seconds",
                hint: "git config sheaf.hookDeadline 300, on the server")
        }
        return seconds
    }

    private static func isValid(_ seconds: Double) -> Bool { seconds > 0 && seconds <= 86_400 }
}
