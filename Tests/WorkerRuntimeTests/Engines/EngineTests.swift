import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("The engine of a worker", .timeLimit(.minutes(2)))
struct EngineTests {
    private func mode(_ url: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: url.path(percentEncoded: false))[
            .posixPermissions] as? Int
    }

    @Test("runs to its end with its prompt, its input, a secret and a mount of the host")
    func whole() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        let created = try await runtime.createWorker(host.request("desk"))
        #expect(created.isNew)
        let worker = try await runtime.waitForEnd(of: WorkerID("one"))
        #expect(worker.state == .exited(status: 0))
        let started = try #require(worker.startedAt)
        let ended = try #require(worker.endedAt)
        #expect(worker.createdAt.addingTimeInterval(-0.01) <= started && started <= ended)
        #expect(worker.stoppedAt == nil)
        let output = try host.output()
        let lines = output.split(separator: "\n").map(String.init)
        #expect(
            lines.prefix(5) == [
                "worker one", "prompt You fix tickets.", "input look at ticket 12",
                "token \(EngineSetup.secret.count)", "note the note",
            ])
        #expect(
            lines.last?.split(separator: " ").map(String.init) == [
                "HOME", "LANG", "PATH", "PWD", "SHEAF_MOUNT_CHECKOUT", "SHEAF_PROMPT_SYSTEM",
                "SHEAF_WORKER_BUNDLE", "SHEAF_WORKER_DIR", "SHEAF_WORKER_ID", "SHEAF_WORKER_INPUT",
                "SHEAF_WORKER_SPEC", "TMPDIR", "TRACKER_TOKEN",
            ])
        let work = host.directory().appending(path: "work").path(percentEncoded: false)
        #expect(try host.output("one", .error) == "at \(work)\n")
        #expect(
            try String(
                contentsOf: host.setup.directory.appending("checkout/answer.txt"), encoding: .utf8)
                == "done\n")
        #expect(try await host.pins() == [])
        #expect(try await runtime.worker(WorkerID("one")) == worker)
        #expect(try await !runtime.createWorker(host.request("desk")).isNew)
    }

    @Test("has the pinned files, which nobody may write to, in a directory of its own")
    func files() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        let created = try await runtime.createWorker(host.request("waits"))
        #expect(created.worker.state == .running)
        #expect(try await host.pins() == ["refs/pins/\(host.pin.commit)"])
        let place = host.directory()
        for name in ["", "work", "tmp", "log", "run"] {
            #expect(try mode(place.appending(path: name)) == 0o700, "\(name)")
        }
        let contents = try await runtime.contents(of: host.pin)
        let bundle = place.appending(path: "bundle")
        let files = try Fixtures.files(below: bundle)
        #expect(Set(files.map(\.path)) == Set(contents.documents.paths.map(\.text)))
        for file in files {
            #expect(try file.bytes == contents.file(BundlePath(file.path)), "\(file.path)")
            #expect(try mode(bundle.appending(path: file.path)) == 0o444, "\(file.path)")
        }
        #expect(try mode(bundle) == 0o555)
        #expect(try mode(bundle.appending(path: "profiles")) == 0o555)
        try await runtime.stopWorker(WorkerID("one"))
        let left = try FileManager.default.contentsOfDirectory(
            atPath: place.path(percentEncoded: false))
        #expect(
            left.sorted() == ["input", "log", "run", "spec.json", "spec.schema.json", "work"])
        #expect(try await host.pins() == [])
    }

    @Test("leads a session of its own, without a terminal and without descriptors of others")
    func session() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        try await runtime.createWorker(host.request("waits"))
        let engine = try #require(EngineSetup.numbers(try await host.written("pid")).first)
        let stat = try String(contentsOfFile: "/proc/\(engine)/stat", encoding: .utf8)
        let fields = try #require(stat.split(separator: ")").last).split(separator: " ")
        // State, parent, group, session, terminal.
        #expect(fields[2] == "\(engine)" && fields[3] == "\(engine)" && fields[4] == "0")
        let descriptors = try FileManager.default.contentsOfDirectory(
            atPath: "/proc/\(engine)/fd"
        ).compactMap { Int($0) }
        // A shell keeps its script open at 10 or above.
        #expect(descriptors.filter { $0 < 10 }.sorted() == [0, 1, 2])
        try await runtime.stopWorker(WorkerID("one"))
    }

    @Test("is asked to end, and ends in its own way")
    func stopped() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        try await runtime.createWorker(host.request("waits"))
        _ = try await host.written("pid")
        let worker = try await runtime.stopWorker(WorkerID("one"))
        #expect(worker.state == .stopped)
        #expect(worker.stoppedAt != nil && worker.stoppedAt == worker.endedAt)
        #expect(try host.output().hasSuffix("goodbye\n"))
        #expect(try await runtime.stopWorker(WorkerID("one")) == worker)
    }

    @Test("that ignores every request is ended by force, with what it started")
    func stubborn() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        try await runtime.createWorker(host.request("stubborn"))
        let processes = EngineSetup.numbers(try await host.written("child"))
        #expect(processes.count == 2)
        let worker = try await runtime.stopWorker(WorkerID("one"), grace: .milliseconds(100))
        #expect(worker.state == .stopped)
        for process in processes { try await EngineSetup.gone(process) }
    }

    @Test("that writes without end fills no disk and is not held up")
    func chatty() async throws {
        let host = try await EngineSetup()
        let limit = 64 << 10
        let launcher = try host.launcher(logBytes: limit)
        let runtime = try host.runtime(launcher: launcher)
        try await runtime.createWorker(host.request("chatty"))
        let id = try WorkerID("one")
        for stream in OutputStreamName.allCases {
            var note = ""
            while !note.hasPrefix("[sheaf: the first ") {
                note =
                    (try? launcher.output(of: id, stream)).map {
                        String(decoding: $0.prefix(80), as: UTF8.self)
                    } ?? ""
                try await EngineSetup.moment()
            }
        }
        #expect(try await runtime.worker(id).state == .running)
        try await runtime.stopWorker(id, grace: .milliseconds(100))
        for stream in OutputStreamName.allCases {
            let output = try launcher.output(of: id, stream)
            #expect(output.count > limit / 2 && output.count <= limit + 200, "\(output.count)")
        }
    }

    @Test("gets a file of 8 MiB, and an input of 1 MiB that it need not read")
    func large() async throws {
        let prompt = String(repeating: "Be kind.\n", count: (8 << 20) / 9)
        let host = try await EngineSetup(["prompts/long.md": prompt])
        let runtime = try host.runtime()
        let input = String(repeating: "x", count: 1 << 20)
        try await runtime.createWorker(host.request("waits", input: input))
        let place = host.directory()
        let size =
            try FileManager.default.attributesOfItem(
                atPath: place.appending(path: "bundle/prompts/long.md").path(percentEncoded: false))[
                .size] as? Int
        #expect(size == prompt.utf8.count)
        #expect(
            try Data(contentsOf: place.appending(path: "input")).count == input.utf8.count)
        try await runtime.stopWorker(WorkerID("one"))
    }

    @Test("is started once by a hundred equal requests at once")
    func atOnce() async throws {
        let host = try await EngineSetup()
        let script = try host.setup.directory.write(
            "#!/bin/sh\necho started >> checkout/starts\nexec sleep 600\n", to: "engine.sh")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: script.path(percentEncoded: false))
        try EngineSetup.writePolicy(host.setup, other: script.path(percentEncoded: false))
        let runtime = try host.runtime()
        let request = try host.request("other")
        let created = try await withThrowingTaskGroup(of: CreatedWorker.self) { group in
            for _ in 0..<100 { group.addTask { try await runtime.createWorker(request) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(created.count == 100 && created.count { $0.isNew } == 1)
        #expect(Set(created.map(\.worker)).count == 1)
        #expect(created.allSatisfy { $0.worker.state == .running })
        let starts = host.setup.directory.appending("checkout/starts")
        while (try? Data(contentsOf: starts))?.isEmpty ?? true { try await EngineSetup.moment() }
        try await runtime.stopWorker(WorkerID("one"), grace: .zero)
        #expect(try String(contentsOf: starts, encoding: .utf8) == "started\n")
    }

    @Test("is not started when that is not asked for, and started by the same request later")
    func later() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        let request = try host.request("waits")
        let created = try await runtime.createWorker(request, starting: false)
        #expect(created.isNew && created.worker.state == .created)
        #expect(!FileManager.default.fileExists(atPath: host.directory().path()))
        let started = try await runtime.createWorker(request)
        #expect(!started.isNew && started.worker.state == .running)
        #expect(started.worker.createdAt == created.worker.createdAt)
        #expect(try await runtime.createWorker(request).worker == started.worker)
        try await runtime.stopWorker(WorkerID("one"))
        #expect(try await runtime.createWorker(request).worker.state == .stopped)
    }
}
