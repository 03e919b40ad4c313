import Foundation
import TestSupport

/// A `sheaf` in a process of its own, which the test kills when it takes too long.
struct DoomedCommand {
    private let process = Process()
    private let ended: AsyncStream<Void>

    /// Starts the process on the store and the policy of a setup.
    init(_ setup: RuntimeSetup, _ arguments: [String]) throws {
        let tool = try CommandLineTool(home: setup.directory.url)
        process.executableURL = URL(filePath: tool.program.executable)
        process.environment = tool.program.environment
        process.arguments = arguments + ["--store", setup.store, "--policy", setup.policy]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let (ended, continuation) = AsyncStream<Void>.makeStream()
        self.ended = ended
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
    }

    /// Lets the process run for a time, then kills it; says whether it had succeeded by then.
    func end(after time: Duration) async throws -> Bool {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [ended] in for await _ in ended {} }
            group.addTask { try? await Task.sleep(for: time) }
            await group.next()
            group.cancelAll()
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return process.terminationReason == .exit && process.terminationStatus == 0
    }
}
