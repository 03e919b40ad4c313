import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("Stopping a worker", .timeLimit(.minutes(2)))
struct StoppingTests {
    private let id: WorkerID

    init() throws { id = try WorkerID("one") }

    @Test("and starting it take turns: what is being stopped is not started beside that")
    func turns() async throws {
        let host = try await EngineSetup()
        let launcher = HeldLauncher()
        let runtime = try host.runtime(launcher: launcher)
        let request = try host.request("waits")
        try await runtime.createWorker(request, starting: false)
        let stopped = Task { [id] in try await runtime.stopWorker(id) }
        await launcher.stopBegan()
        let again = Task { try await runtime.createWorker(request) }
        // Each look takes a turn of the runtime, in which the request goes as far as it can.
        for _ in 0..<200 {
            #expect(try await runtime.worker(id).state == .created)
            await Task.yield()
        }
        launcher.letGo()
        #expect(try await stopped.value.state == .stopped)
        #expect(try await again.value.worker.state == .stopped)
        #expect(try await runtime.worker(id).state == .stopped)
        #expect(await launcher.starts == 0)
        #expect(try await host.pins() == [])
    }

    @Test("twice at once stops it once, and both are told")
    func together() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        try await runtime.createWorker(host.request("waits"))
        async let first = runtime.stopWorker(id)
        async let second = runtime.stopWorker(id)
        #expect(try await [first, second].map(\.state) == [.stopped, .stopped])
    }

    @Test("that never ran leaves a sign that no later process starts it by")
    func sign() async throws {
        let host = try await EngineSetup()
        let request = try host.request("waits")
        do {
            let runtime = try host.runtime()
            try await runtime.createWorker(request, starting: false)
            #expect(try await runtime.stopWorker(id).state == .stopped)
        }
        // A runtime whose records do not know of the stop.
        try await StoreRows(host.setup).run("DELETE FROM worker")
        let runtime = try host.runtime()
        #expect(try await runtime.createWorker(request).worker.state == .stopped)
        #expect(try await host.launcher().condition(of: id) != .notStarted)
        let log = host.directory().appending(path: "log/stdout.log")
        #expect(!FileManager.default.fileExists(atPath: log.path(percentEncoded: false)))
        let mode =
            try FileManager.default.attributesOfItem(
                atPath: host.directory().path(percentEncoded: false))[.posixPermissions] as? Int
        #expect(mode == 0o700)
    }

    @Test("says so when what runs it cannot be found, and is lost when that is gone")
    func unknownHolder() async throws {
        let host = try await EngineSetup()
        let launcher = try host.launcher(recording: .milliseconds(20))
        do {
            let runtime = try host.runtime(launcher: launcher)
            try await runtime.createWorker(host.request("waits"), starting: false)
        }
        try await StoreRows(host.setup).run("UPDATE worker SET state = 'running'")
        let run = host.directory().appending(path: "run")
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: run.appending(path: "begun"))
        let path = run.appending(path: "lock").path(percentEncoded: false)
        let runtime = try host.runtime(launcher: launcher)
        do {
            let lock = try HostLock(path: path)
            await failing(.ioError) { try await runtime.stopWorker(id, grace: .zero) }
            #expect(try await runtime.worker(id).state == .running)
            #expect(try await host.pins().count == 1)
            _ = consume lock
        }
        #expect(try await runtime.stopWorker(id, grace: .zero).state == .failed(.lost))
        #expect(try await host.pins() == [])
    }

    /// Has a supervisor begin with a worker, and tells it to stop before it can.
    private func stoppedEarly(_ host: EngineSetup, _ order: Data, _ token: String) async throws
        -> String
    {
        let run = host.directory().appending(path: "run")
        try Data(token.utf8).write(to: run.appending(path: "token"))
        var lock = try HostLock(path: run.appending(path: "lock").path(percentEncoded: false))
        let isHeld = lock != nil
        #expect(isHeld)
        let words = try EngineSetup.supervisor(host.setup.directory.url)
        let process = Process()
        process.executableURL = URL(filePath: words[0])
        process.arguments =
            Array(words.dropFirst()) + [host.directory().path(percentEncoded: false)]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: order)
        try input.fileHandleForWriting.close()
        // Until it takes SIGTERM for an order.
        while try !Self.survives(SIGTERM, process.processIdentifier) {
            try await EngineSetup.moment()
        }
        for _ in 0..<20 {
            kill(process.processIdentifier, SIGTERM)
            try await EngineSetup.moment()
        }
        lock = nil
        while process.isRunning { try await EngineSetup.moment() }
        return String(
            decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }

    private static func survives(_ signal: Int32, _ process: Int32) throws -> Bool {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let masks = status.split(separator: "\n").filter {
            $0.hasPrefix("SigCgt:")
        }.compactMap { UInt64($0.dropFirst(7).drop { $0.isWhitespace }, radix: 16) }
        return masks.reduce(0, |) & (1 << UInt64(signal - 1)) != 0
    }

    private struct Order: Decodable { let token: String }

    @Test("in the moment before anything began keeps its engine from being started")
    func early() async throws {
        let host = try await EngineSetup()
        let order = host.setup.directory.appending("order.json")
        let launcher = try host.launcher(
            supervisor: [
                "/bin/sh", "-c", #"cat > "$0"; printf '{"begunBefore":{}}\n'"#,
                order.path(percentEncoded: false),
            ])
        do {
            let runtime = try host.runtime(launcher: launcher)
            await failing(.ioError) { try await runtime.createWorker(host.request("waits")) }
        }
        let bytes = try Data(contentsOf: order)
        let token = try JSONDecoder().decode(Order.self, from: bytes).token
        var answer = ""
        // A machine that is busy may take the second for which the supervisor waits for the lock.
        repeat {
            answer = try await stoppedEarly(host, bytes, token)
        } while answer.contains("begunBefore")
        #expect(answer.contains("ended"))
        guard case .ended(let end) = try await host.launcher().condition(of: id) else {
            Issue.record("the supervisor wrote no end")
            return
        }
        #expect(end.outcome == .stopped && end.startedAt == nil)
        let log = host.directory().appending(path: "log/stdout.log")
        #expect(!FileManager.default.fileExists(atPath: log.path(percentEncoded: false)))
    }

    @Test("waits for whoever only looks whether a worker runs")
    func looked() throws {
        let directory = try TemporaryDirectory()
        let path = directory.appending("lock").path(percentEncoded: false)
        var held = try HostLock(path: path)
        var attempts = 0
        let taken = try HostLock.take(path: path, within: .seconds(60)) {
            attempts += 1
            if attempts == 3 { held = nil }
            return false
        }
        #expect(attempts == 3)
        let isTaken = taken != nil
        #expect(isTaken)
        let other = try HostLock.take(path: path, within: .seconds(60)) { true }
        let isRefused = other == nil
        #expect(isRefused)
        withExtendedLifetime(taken) {}
        withExtendedLifetime(held) {}
    }
}
