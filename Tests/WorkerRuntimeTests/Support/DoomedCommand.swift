import Foundation
import TestSupport

/// A `sheaf` in a process of its own, which the test kills.
struct DoomedCommand {
    private let process = Process()

    init(_ arguments: [String], _ setup: RuntimeSetup) throws {
        let tool = try CommandLineTool(home: setup.directory.url)
        process.executableURL = URL(filePath: tool.program.executable)
        process.environment = tool.program.environment
        process.arguments = arguments + ["--store", setup.store, "--policy", setup.policy]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Ends the process, wherever it is by then, without giving it a chance to clean up.
    func kill(after delay: Duration) {
        let end = ContinuousClock.now + delay
        while ContinuousClock.now < end, process.isRunning {}
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
