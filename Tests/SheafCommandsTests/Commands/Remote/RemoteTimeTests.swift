import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("A repository at another place that is silent, and the copy of one")
struct RemoteTimeTests {
    /// A server that takes connections, and says when the other side has left one.
    private final class SilentServer: Sendable {
        private let counts = Mutex((came: 0, left: 0))
        private let server = Mutex<ScriptedServer?>(nil)

        func start() throws -> Int {
            let started = try ScriptedServer { [weak self] connection in
                self?.counts.withLock { $0.came += 1 }
                while !connection.read().isEmpty {}
                self?.counts.withLock { $0.left += 1 }
            }
            server.withLock { $0 = started }
            return started.port
        }

        func waits(until condition: (Int, Int) -> Bool) async throws -> Bool {
            let end = ContinuousClock.now + .seconds(20)
            while ContinuousClock.now < end {
                if counts.withLock({ condition($0.came, $0.left) }) { return true }
                try await Task.sleep(for: .milliseconds(5))
            }
            return false
        }
    }

    @Test("is left when the time allowed is over, with every program that was started")
    func deadline() async throws {
        let server = SilentServer()
        let desk = try Desk().on("http://127.0.0.1:\(try server.start())/acme.git")
        let started = ContinuousClock.now
        let output = try await desk.sheaf.run("publish", "agents", "--timeout", "1")
        #expect(ContinuousClock.now - started < .seconds(10))
        #expect(output.status == 3, "\(output)")
        #expect(output.errorText.contains("(deadline_exceeded)"), "\(output)")
        // The connection is git-remote-http's, which git had started.
        #expect(try await server.waits { $0 > 0 && $0 == $1 })
    }

    @Test("is left when the user interrupts", arguments: [SIGINT, SIGTERM])
    func interrupted(number: Int32) async throws {
        let server = SilentServer()
        let desk = try Desk().on("http://127.0.0.1:\(try server.start())/acme.git")
        let process = Process()
        process.executableURL = URL(filePath: desk.sheaf.program.executable)
        process.arguments = ["publish", "agents"]
        process.environment = desk.sheaf.program.environment
        process.currentDirectoryURL = desk.home.url
        let errors = Pipe()
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        #expect(try await server.waits { came, _ in came > 0 })
        kill(process.processIdentifier, number)
        #expect(try await server.waits { $0 == $1 })
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 3)
        let text = String(
            decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        #expect(text.contains("(cancelled)"), "\(text)")
    }

    @Test("a copy is its user's alone, and may be removed or damaged at any time")
    func copy() async throws {
        let host = try await PlainHost()
        let desk = try Desk().on(host.url)
        try await desk.check("publish", "agents", "-m", "first")
        let folder = desk.copies.path(percentEncoded: false)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        let before = try await desk.check("log", "support-agents").text
        try FileManager.default.removeItem(at: desk.copies)
        #expect(try await desk.check("log", "support-agents").text == before)
        let copy = try desk.copy().program.directory
        try Data("nonsense".utf8).write(to: copy.appending(path: "HEAD"))
        #expect(try await desk.check("log", "support-agents").text == before)
        try FileManager.default.removeItem(at: copy.appending(path: "objects"))
        #expect(try await desk.check("log", "support-agents").text == before)
    }

    @Test("a copy follows a repository that was begun anew")
    func begunAnew() async throws {
        let host = try await PlainHost()
        let desk = try Desk().on(host.url)
        try await desk.check("publish", "agents", "-m", "first")
        try await desk.check(
            "channel", "release", "support-agents@1", "stable", "--reason", "x")
        try FileManager.default.removeItem(at: host.repository)
        _ = try await GitOracle(bareRepositoryAt: host.repository)
        let gone = try await desk.sheaf.run("log", "support-agents")
        #expect(gone.status == 1 && gone.errorText.contains("(not_found)"), "\(gone)")
        try desk.writeBundle("theirs", workspace: "umbrella")
        let published = try await desk.json("publish", "theirs", "-m", "anew")
        #expect(published["revision"]?["revision"]?.number == 1)
        #expect(published["revision"]?["workspace"]?.text == "umbrella")
    }
}
