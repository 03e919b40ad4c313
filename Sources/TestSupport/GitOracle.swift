package import Foundation

/// The `git` program as the judge of everything that Git defines: it checks what we wrote, and
/// writes what we read.
///
/// It runs without the configuration of the machine and the user, with an identity of its own.
package struct GitOracle: Sendable {
    /// A command that git refused.
    package struct Failure: Error, CustomStringConvertible {
        /// The arguments that git was given.
        package let arguments: [String]
        /// How it ended and what it wrote.
        package let output: ProgramOutput

        /// The command, its status and what it wrote.
        package var description: String {
            "git \(arguments.joined(separator: " ")): \(output)"
        }
    }

    /// The program with the environment and working directory that it runs in.
    package var program: Program

    /// Runs git in a directory; more variables may be set, e.g. `GIT_COMMITTER_DATE`.
    package init(in directory: URL, environment: [String: String] = [:]) {
        var values = TestEnvironment.base
        values.merge(TestEnvironment.git) { $1 }
        values["HOME"] = directory.path(percentEncoded: false)
        values.merge(environment) { $1 }
        program = Program("git", environment: values, directory: directory)
    }

    /// Creates a bare repository and runs git in it.
    package init(bareRepositoryAt directory: URL) async throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        self.init(in: directory)
        try await check("init", "--quiet", "--bare", "--initial-branch=main", ".")
    }

    /// Creates a repository with a working tree and runs git in it.
    package init(repositoryAt directory: URL) async throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        self.init(in: directory)
        try await check("init", "--quiet", "--initial-branch=main", ".")
    }

    /// Runs git and returns how it ended, whatever that is.
    package func run(_ arguments: [String], input: [UInt8] = []) async throws -> ProgramOutput {
        try await program.run(arguments, input: input)
    }

    /// Runs git, throws ``Failure`` unless it succeeds, and returns what it wrote.
    @discardableResult
    package func check(
        _ arguments: String..., input: [UInt8] = []
    ) async throws -> ProgramOutput {
        try await check(arguments, input: input)
    }

    /// Runs git, throws ``Failure`` unless it succeeds, and returns what it wrote.
    @discardableResult
    package func check(
        _ arguments: [String], input: [UInt8] = []
    ) async throws -> ProgramOutput {
        let output = try await run(arguments, input: input)
        guard output.succeeded else { throw Failure(arguments: arguments, output: output) }
        return output
    }

    /// Runs git and returns its standard output without the line ends after the last line.
    package func text(_ arguments: String...) async throws -> String {
        try await check(arguments).trimmed
    }

    /// Runs git and returns the lines of its standard output.
    package func lines(_ arguments: String...) async throws -> [String] {
        try await check(arguments).lines
    }

    /// The commit that a revision names.
    package func commit(_ revision: String) async throws -> String {
        try await text("rev-parse", "--verify", "--end-of-options", "\(revision)^{commit}")
    }
}
