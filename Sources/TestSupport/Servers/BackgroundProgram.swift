package import Foundation
internal import Synchronization

/// A program that runs beside a test and is ended with the last reference to it.
package final class BackgroundProgram: Sendable {
    /// A program that did not come up.
    package struct NotReady: Error, CustomStringConvertible {
        /// Which one, and what it wrote.
        package let description: String
    }

    private let process: Mutex<Process>
    private let leash = Pipe()
    /// What it writes to either of its streams.
    package let log: URL

    /// Runs a program in a process group of its own until standard input ends, which it does when
    /// the test's process has gone too, however that ended; then ends the group.
    ///
    /// Other signals may be blocked in what a thread of Swift's starts.
    private static let keeper = """
        set -m
        ("$@" </dev/null; kill -KILL $$) & job=$!
        read -r _
        kill -KILL -- -$job
        """

    /// Starts a program; `log` is a file that is made for what it writes.
    package init(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:],
        directory: URL, log: URL
    ) throws {
        guard FileManager.default.isExecutableFile(atPath: executable) else {
            throw NotReady(description: "\(executable) is not installed; see .ci/setup")
        }
        _ = FileManager.default.createFile(atPath: log.path(percentEncoded: false), contents: nil)
        let output = try FileHandle(forWritingTo: log)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", Self.keeper, "keeper", executable] + arguments
        process.currentDirectoryURL = directory
        process.environment = TestEnvironment.base.merging(environment) { $1 }
        process.standardInput = leash
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try output.close()
        try leash.fileHandleForReading.close()
        self.log = log
        self.process = Mutex(process)
    }

    deinit { stop() }

    /// Whether it runs.
    package var isRunning: Bool { process.withLock(\.isRunning) }

    /// The process that everything the program starts descends from.
    package var processID: Int32 { process.withLock(\.processIdentifier) }

    /// What it has written.
    package var output: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// Ends it and waits for its end, but no longer than some seconds.
    package func stop() {
        try? leash.fileHandleForWriting.close()
        let end = ContinuousClock.now + .seconds(3)
        while isRunning, ContinuousClock.now < end { usleep(2000) }
    }

    /// Waits until something holds, while the program runs.
    package func ready(_ condition: () -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while !condition() {
            guard isRunning, ContinuousClock.now < end else {
                throw NotReady(description: "the program did not come up: \(output)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
