import Dispatch
import Foundation

/// Runs a program to its end, on a thread that may block.
enum Command {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Gives its standard output; throws when it exits with a status that is not allowed.
    @discardableResult
    static func run(
        _ program: String, _ arguments: [String], in folder: String = "/",
        environment: [String: String] = [:], input: Data = Data(),
        allowing statuses: Set<Int32> = [0]
    ) async throws -> Data {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        let process = Process()
                        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
                        process.arguments = [program] + arguments
                        process.currentDirectoryURL = URL(fileURLWithPath: folder)
                        process.environment = environment.merging(["PATH": path]) { own, _ in own }
                        return try finish(process, input, statuses)
                    })
            }
        }
    }

    private static var path: String {
        ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    }

    /// With files for its streams: a pipe would have to be read while the program runs.
    private static func finish(
        _ process: Process, _ input: Data, _ statuses: Set<Int32>
    ) throws -> Data {
        let files = try TemporaryFolder()
        try files.write("in", input)
        try files.write("out", "")
        try files.write("err", "")
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: files("in")))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: files("out")))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: files("err")))
        try process.run()
        process.waitUntilExit()
        guard statuses.contains(process.terminationStatus) else {
            let complaint = try String(contentsOfFile: files("err"), encoding: .utf8)
            let command = (process.arguments ?? []).joined(separator: " ")
            throw Failure(
                description: "\(command): \(process.terminationStatus) \(complaint)")
        }
        return try Data(contentsOf: URL(fileURLWithPath: files("out")))
    }
}
