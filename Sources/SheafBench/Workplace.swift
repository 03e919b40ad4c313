internal import BundleRepository
internal import Foundation
internal import Subprocess

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// A temporary directory with an environment of its own, and the programs under test.
struct Workplace: Sendable {
    let root: String

    init() throws {
        root =
            FileManager.default.temporaryDirectory
            .appending(path: "sheaf-bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: root, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: root) }

    /// A path below the workplace; what was there is removed.
    func fresh(_ name: String) -> String {
        let path = "\(root)/\(name)"
        try? FileManager.default.removeItem(atPath: path)
        return path
    }

    /// The program `sheaf` beside this one.
    var sheaf: String { beside("sheaf") }

    /// A program that was built with this one.
    func beside(_ name: String) -> String {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: name).path
    }

    private var environment: [Environment.Key: String] {
        [
            "HOME": root, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "Bench", "GIT_AUTHOR_EMAIL": "bench@example.com",
            "GIT_COMMITTER_NAME": "Bench", "GIT_COMMITTER_EMAIL": "bench@example.com",
            "LC_ALL": "C",
        ]
    }

    /// Gives this process the same identity, for what runs inside it.
    static func adoptIdentity() {
        for (name, value) in [
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_COMMITTER_NAME": "Bench", "GIT_COMMITTER_EMAIL": "bench@example.com",
        ] {
            unsafe setenv(name, value, 1)
        }
    }

    /// Runs a program to its end; throws when it fails.
    @discardableResult
    func run(
        _ program: String, _ arguments: [String], in directory: String? = nil
    ) async throws -> [UInt8] {
        let executable: Executable =
            program.hasPrefix("/") ? .path(FilePath(program)) : .name(program)
        let result = try await Subprocess.run(
            executable, arguments: Arguments(arguments), environment: .custom(environment),
            workingDirectory: FilePath(directory ?? root), output: .bytes(limit: 1 << 30),
            error: .string(limit: 1 << 16))
        guard case .exited(0) = result.terminationStatus else {
            throw BenchError(
                "\(program) \(arguments.joined(separator: " ")): "
                    + result.standardError)
        }
        return result.standardOutput
    }
}

/// What stopped the measurement.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
