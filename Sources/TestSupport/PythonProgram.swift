package import Foundation

/// Programs in Python that tests run, in an interpreter with the packages that `.ci/setup` installs.
package enum PythonProgram {
    /// A package that is not installed.
    package struct Missing: Error, CustomStringConvertible {
        /// What is missing, and how it is installed.
        package let description: String
    }

    /// The interpreter: what `SHEAF_PYTHON` names, else that of `.build/venv`, else `python3`.
    package static var interpreter: String {
        if let named = ProcessInfo.processInfo.environment["SHEAF_PYTHON"] { return named }
        let own = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: ".build/venv/bin/python3").path(percentEncoded: false)
        return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
    }

    /// Runs a script with arguments; throws when a package that it imports is not installed.
    package static func run(
        _ script: String, _ arguments: [String], packages: [String], in directory: URL,
        environment: [String: String] = [:]
    ) async throws -> ProgramOutput {
        var values = TestEnvironment.base.merging(TestEnvironment.git) { $1 }
        values["HOME"] = directory.path(percentEncoded: false)
        values["PYTHONDONTWRITEBYTECODE"] = "1"
        values.merge(environment) { $1 }
        let program = Program(interpreter, environment: values, directory: directory)
        for package in packages {
            guard try await program.run(["-c", "import \(package)"]).succeeded else {
                throw Missing(
                    description: "\(interpreter) has no package \(package): '.ci/setup test' "
                        + "installs it into .build/venv")
            }
        }
        return try await program.run(["-c", script] + arguments)
    }
}
