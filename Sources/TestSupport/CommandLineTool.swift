package import Foundation

/// The `sheaf` program that this test run built, with a home directory of its own.
package struct CommandLineTool: Sendable {
    /// No such program was built.
    package struct NotBuilt: Error, CustomStringConvertible {
        /// Where it was looked for.
        package let path: String

        /// What is missing and how it is made.
        package var description: String {
            "there is no program at \(path): the test target has to depend on it"
        }
    }

    /// The program with the environment and working directory that it runs in.
    package var program: Program

    /// Finds the program; `home` becomes its home directory, and its working directory unless
    /// another is given.
    package init(
        _ name: String = "sheaf", home: URL, directory: URL? = nil,
        environment: [String: String] = [:]
    ) throws {
        let path = Self.products.appending(path: name).path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw NotBuilt(path: path)
        }
        var values = TestEnvironment.base
        values.merge(TestEnvironment.git) { $1 }
        values.merge(TestEnvironment.home(home)) { $1 }
        values.merge(environment) { $1 }
        program = Program(path, environment: values, directory: directory ?? home)
    }

    /// Runs the program and returns how it ended, whatever that is.
    package func run(_ arguments: String..., input: [UInt8] = []) async throws -> ProgramOutput {
        try await program.run(arguments, input: input)
    }

    /// Runs the program and returns how it ended, whatever that is.
    package func run(_ arguments: [String], input: [UInt8] = []) async throws -> ProgramOutput {
        try await program.run(arguments, input: input)
    }

    /// The same program in another working directory.
    package func running(in directory: URL) -> CommandLineTool {
        var copy = self
        copy.program.directory = directory
        return copy
    }

    /// The same program with more variables; nil removes one.
    package func with(_ environment: [String: String?]) -> CommandLineTool {
        var copy = self
        for (name, value) in environment { copy.program.environment[name] = value }
        return copy
    }

    /// The directory of this build's products: the one that holds the test program.
    private static var products: URL {
        for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
            return bundle.bundleURL.deletingLastPathComponent()
        }
        return Bundle.main.bundleURL
    }
}
