package import Foundation
internal import Subprocess

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// A program that tests run, with an environment of its own: nothing but what is given is inherited.
package struct Program: Sendable {
    /// The name, looked up on the `PATH` of the environment, or a path with a slash in it.
    package var executable: String
    /// The whole environment.
    package var environment: [String: String]
    /// The working directory.
    package var directory: URL

    /// The most that is collected from either stream.
    private static let outputLimit = 256 << 20

    /// Describes a program.
    package init(_ executable: String, environment: [String: String], directory: URL) {
        self.executable = executable
        self.environment = environment
        self.directory = directory
    }

    /// Runs the program to its end; throws only when it cannot be started.
    package func run(_ arguments: [String], input: [UInt8] = []) async throws -> ProgramOutput {
        let values = environment.map { (Environment.Key(rawValue: $0.key), $0.value) }
        let result = try await Subprocess.run(
            executable.contains("/") ? .path(FilePath(executable)) : .name(executable),
            arguments: Arguments(arguments),
            environment: .custom(
                Dictionary(
                    values.compactMap { key, value in key.map { ($0, value) } },
                    uniquingKeysWith: { $1 })),
            workingDirectory: FilePath(directory.path(percentEncoded: false)),
            input: .array(input),
            output: .bytes(limit: Self.outputLimit),
            error: .bytes(limit: Self.outputLimit))
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return ProgramOutput(
            status: status, standardOutput: result.standardOutput,
            standardError: result.standardError)
    }
}
