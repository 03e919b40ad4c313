internal import BundleModel
internal import Foundation
internal import HTTPServing
internal import NIOCore
internal import Subprocess

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// The `git` program as it serves one repository: upload-pack and receive-pack over the stateless
/// form of the protocol.
///
/// It runs without any configuration of the host or a user, without replace refs, and in version 0
/// of the protocol, since version 2 gives any object to whoever knows its id.
struct GitService: Sendable {
    /// The program, and what a run may take.
    struct Program: Sendable {
        /// The file of the program.
        let file: String
        /// The search path that it and the hooks of a push are given.
        let searchPath: String
        /// Variables that the hooks of a push need to find what is the host's own.
        let passedOn: [String: String]

        /// Finds `git`; throws `io_error` when it is not installed.
        init(environment: [String: String]) throws(SheafError) {
            let path = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
            let found = path.split(separator: ":").lazy.filter { $0.hasPrefix("/") }
                .map { "\($0)/git" }
                .first { FileManager.default.isExecutableFile(atPath: $0) }
            guard let found else {
                throw SheafError(
                    .ioError, "the 'git' program cannot be found",
                    hint: "install git and make sure that it is in PATH")
            }
            file = found
            searchPath = path
            let kept = ["HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"]
            passedOn = environment.filter { kept.contains($0.key) }
        }
    }

    let program: Program
    /// The directory of the repository.
    let repository: String

    /// What runs of `git` end with.
    struct Ending: Sendable {
        /// Whether it ended with status 0.
        let isSuccess: Bool
        /// The start of what it said on standard error.
        let complaint: String
    }

    /// Asks `git upload-pack` what it can do; of a repository without branches it says nothing.
    func advertisement() async throws(SheafError) -> Advertisement {
        let collected = CollectedOutput()
        let ending: Ending
        do {
            ending = try await run(
                ["upload-pack", "--http-backend-info-refs", "--strict", repository],
                seeing: .all, within: .seconds(30), input: { _ in }
            ) { collected.append($0.readableBytesView) }
        } catch {
            throw SheafError(.ioError, "'git upload-pack' cannot be run")
        }
        guard ending.isSuccess, let advertisement = Advertisement(output: collected.bytes) else {
            throw SheafError(
                .storeCorrupt, "'git upload-pack' does not serve the repository",
                hint: "'git -C REPOSITORY fsck' shows what is wrong with it")
        }
        return advertisement
    }

    /// What `git receive-pack` answers to a push that begins.
    func receiveAdvertisement(_ visibility: Visibility) async throws -> ByteBuffer {
        let collected = CollectedOutput()
        collected.append(PacketLine.bytes("# service=git-receive-pack\n") + PacketLine.flush)
        let ending = try await run(
            ["receive-pack", "--http-backend-info-refs", repository], seeing: visibility,
            within: .seconds(60), input: { _ in }
        ) { collected.append($0.readableBytesView) }
        guard ending.isSuccess else {
            throw SheafError(.storeCorrupt, "the repository cannot be pushed to at the moment")
        }
        return ByteBuffer(bytes: collected.bytes)
    }

    /// Runs `git`: `input` writes to its standard input, `output` is given what it prints.
    ///
    /// Throws `deadline_exceeded` when it takes too long, and what the closures throw; it has ended
    /// in any case.
    func run(
        _ arguments: [String], seeing visibility: Visibility, within time: Duration,
        input: @escaping @Sendable (StandardInputWriter) async throws -> Void,
        output: @escaping @Sendable (ByteBuffer) async throws -> Void
    ) async throws -> Ending {
        let configuration = Configuration(
            executable: .path(FilePath(program.file)), arguments: Arguments(arguments),
            environment: .custom(environment(visibility)), workingDirectory: FilePath("/"),
            platformOptions: Self.options)
        return try await Deadline.run(time, "'git \(arguments[0])'") {
            let result = try await Subprocess.run(
                configuration, input: .inputWriter, output: .sequence,
                error: .string(limit: 64 << 10)
            ) { execution in
                let (writer, parts) = (execution.standardInputWriter, execution.standardOutput)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        let result: Result<Void, any Error>
                        do {
                            try await input(writer)
                            result = .success(())
                        } catch let error as SubprocessError where !Task.isCancelled {
                            // It stopped listening; why, its own output says.
                            _ = error
                            result = .success(())
                        } catch {
                            result = .failure(error)
                        }
                        // It waits for the end of its input, whatever that ended with.
                        try? await writer.finish()
                        try result.get()
                    }
                    group.addTask {
                        for try await part in parts {
                            var buffer = ByteBufferAllocator().buffer(capacity: part.count)
                            buffer.writeBytes(part.bytes)
                            try await output(buffer)
                        }
                    }
                    // The first that fails ends the other one.
                    while try await group.next() != nil {}
                }
            }
            let isSuccess =
                if case .exited(0) = result.terminationStatus { true } else { false }
            return Ending(isSuccess: isSuccess, complaint: result.standardError)
        }
    }

    private static var options: PlatformOptions {
        var options = PlatformOptions()
        // Its helpers (pack-objects, index-pack, hooks) end with it.
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
        ]
        return options
    }

    private func environment(_ visibility: Visibility) -> [Environment.Key: String] {
        var variables = program.passedOn
        variables["PATH"] = program.searchPath
        variables["LC_ALL"] = "C"
        variables["GIT_CONFIG_NOSYSTEM"] = "1"
        variables["GIT_CONFIG_GLOBAL"] = "/dev/null"
        variables["GIT_NO_REPLACE_OBJECTS"] = "1"
        variables["GIT_NO_LAZY_FETCH"] = "1"
        variables["GIT_TERMINAL_PROMPT"] = "0"
        // safe.directory: the operator named exactly this repository.
        let entries =
            [(key: "safe.directory", value: repository)]
            + HiddenReferences.configuration(visibility)
        variables["GIT_CONFIG_COUNT"] = String(entries.count)
        for (number, entry) in entries.enumerated() {
            variables["GIT_CONFIG_KEY_\(number)"] = entry.key
            variables["GIT_CONFIG_VALUE_\(number)"] = entry.value
        }
        return Dictionary(
            uniqueKeysWithValues: variables.compactMap { name, value in
                Environment.Key(rawValue: name).map { ($0, value) }
            })
    }
}
