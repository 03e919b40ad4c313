import Foundation
import TestSupport

/// A `sheaf runtime sync` in a process of its own, which the test kills.
struct DoomedSync {
    private let process = Process()

    /// Starts the process; `path` is where it looks for programs.
    init(_ setup: RuntimeSetup, path: String? = nil) throws {
        let tool = try CommandLineTool(home: setup.directory.url)
        var environment = tool.program.environment
        if let path { environment["PATH"] = path }
        process.executableURL = URL(filePath: tool.program.executable)
        process.environment = environment
        process.arguments = [
            "runtime", "sync", "support-agents@latest", "--store", setup.store, "--policy",
            setup.policy,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// The process, as the operating system counts it.
    var processIdentifier: Int32 { process.processIdentifier }

    /// Ends the process without giving it a chance to clean up.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
