package import BundleModel
internal import Foundation
internal import Subprocess

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// The `git` program, for what belongs to people and servers: ignore rules, identity, provenance
/// of a checkout. A bundle is never read through it.
package struct GitProgram: Sendable {
    /// What the program printed and how it ended.
    package struct Output: Sendable {
        /// The exit status; 128 plus the signal's number when a signal ended it.
        package let status: Int32
        /// Standard output.
        package let standardOutput: [UInt8]
        /// Standard error.
        package let standardError: String

        /// Standard output as text without its last line break.
        package var line: String {
            var text = String(decoding: standardOutput, as: UTF8.self)
            while text.hasSuffix("\n") { text.removeLast() }
            return text
        }

        /// Standard output split at NUL bytes.
        package var records: [[UInt8]] {
            standardOutput.split(separator: 0).map(Array.init)
        }
    }

    /// How long one run may take.
    package let deadline: Duration
    /// The environment that runs start from; nil for that of this process.
    package let environment: [String: String]?

    /// Creates a runner.
    package init(deadline: Duration = .seconds(60), environment: [String: String]? = nil) {
        self.deadline = deadline
        self.environment = environment
    }

    /// Variables that would point Git at another repository than the one asked about, as a hook or
    /// an alias of Git sets them.
    ///
    /// Source: `git rev-parse --local-env-vars`, without the ones that carry configuration.
    private static let redirecting = [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG",
        "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR",
        "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_PROTOCOL",
    ]
    private static let outputLimit = 64 << 20

    /// Runs `git` in a directory with the user's own configuration.
    ///
    /// - Parameter isAlone: whether what `git` starts by itself, such as `ssh`, ends with it when
    ///   the time is over. It is then in a process group of its own, which no terminal interrupts.
    /// - Parameter memory: how many bytes `git` may allocate, where it reads what somebody hostile
    ///   may have written; over that it dies. macOS knows no such limit.
    /// - Parameter fileBytes: how many bytes each file may have that `git` and what it starts write;
    ///   over that they die.
    /// - Throws: `io_error` when the program cannot be started, `deadline_exceeded` when it takes
    ///   too long, `limit_exceeded` when it prints too much, and `cancelled` when the caller's task
    ///   is cancelled. A status other than 0 is a normal result.
    package func run(
        _ arguments: [String], in directory: String, environment extra: [String: String] = [:],
        input: [UInt8] = [], isAlone: Bool = false, memory: Int? = nil, fileBytes: Int? = nil
    ) async throws(SheafError) -> Output {
        let limits = Self.limits(memory: memory, fileBytes: fileBytes)
        do {
            return try await withThrowingTaskGroup(of: Output?.self) { group in
                group.addTask {
                    try await start(arguments, directory, extra, input, isAlone, limits)
                }
                group.addTask {
                    try await Task.sleep(for: deadline)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let output = first else {
                    throw SheafError(
                        .deadlineExceeded,
                        "'git \(arguments.first ?? "")' took longer than \(deadline)")
                }
                return output
            }
        } catch let error as SheafError {
            throw error
        } catch is CancellationError {
            throw SheafError(.cancelled, "cancelled while 'git' was running")
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            throw SheafError(
                .limitExceeded, "'git' printed more than the \(Self.outputLimit) bytes allowed",
                details: ["bytes": String(Self.outputLimit)])
        } catch {
            throw SheafError(
                .ioError, "the 'git' program cannot be run",
                hint: "install git and make sure that it is in PATH")
        }
    }

    /// The program's file. Found here once, because a library that looks for it starts a process
    /// for every directory of the search path.
    private static func executable(in path: String?) -> Executable {
        guard path == nil else { return .name("git") }
        return installed
    }

    private static let installed: Executable = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let file = path.split(separator: ":").lazy.filter { $0.hasPrefix("/") }
            .map { "\($0)/git" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        return file.map { .path(FilePath($0)) } ?? .name("git")
    }()

    /// What a shell does before it becomes the program: it limits the heap, but not the files that
    /// are mapped, in KiB, and each file that is written, in blocks of 512 bytes; nil without limits.
    /// A hard limit that is lower already stays, unless root asks. Sources: getrlimit(2), `RLIMIT_DATA` and
    /// `RLIMIT_FSIZE`; POSIX, `ulimit`.
    private static func limits(memory: Int?, fileBytes: Int?) -> String? {
        var steps = ""
        if let memory { steps += "ulimit -d \(memory >> 10) 2>/dev/null; " }
        if let fileBytes {
            // Without the signal a write over the limit fails, which `git` tells.
            steps += "trap '' XFSZ; ulimit -f \(max(fileBytes >> 9, 1)) 2>/dev/null; "
        }
        return steps.isEmpty ? nil : steps + #"exec "$@""#
    }

    private static let alone: PlatformOptions = {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))
        ]
        return options
    }()

    private func start(
        _ arguments: [String], _ directory: String, _ extra: [String: String],
        _ input: [UInt8], _ isAlone: Bool, _ limits: String?
    ) async throws -> Output {
        var changes: [Environment.Key: String?] = [
            "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0",
            "GIT_NO_REPLACE_OBJECTS": "1",
        ]
        for name in Self.redirecting {
            if let key = Environment.Key(rawValue: name) { changes[key] = .some(nil) }
        }
        for (name, value) in extra {
            if let key = Environment.Key(rawValue: name) { changes[key] = .some(value) }
        }
        var start = Environment.inherit
        if let environment {
            let pairs = environment.compactMap { name, value in
                Environment.Key(rawValue: name).map { ($0, value) }
            }
            start = .custom(Dictionary(pairs, uniquingKeysWith: { $1 }))
        }
        let program = Self.executable(in: environment?["PATH"])
        let shell = limits.map { ["-c", $0, "sh", program.description] }
        let result = try await Subprocess.run(
            shell == nil ? program : .path("/bin/sh"),
            arguments: Arguments((shell ?? []) + arguments),
            environment: start.updating(changes), workingDirectory: FilePath(directory),
            platformOptions: isAlone ? Self.alone : PlatformOptions(),
            input: .array(input), output: .bytes(limit: Self.outputLimit),
            error: .string(limit: isAlone ? 1 << 20 : 1 << 16))
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return Output(
            status: status, standardOutput: result.standardOutput,
            standardError: result.standardError)
    }
}
