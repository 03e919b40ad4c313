import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("Workers")
struct WorkerTests {
    private func request(
        _ accepted: AcceptedSetup, _ id: String = "one", selector: String = "coder",
        pin: ConfigBundleRef? = nil, input: String = "look at ticket 12",
        labels: [String: String] = [:], capabilities: [String] = []
    ) throws -> CreateWorkerRequest {
        CreateWorkerRequest(
            id: try WorkerID(id), selector: try ProfileSelector(selector),
            pin: pin ?? accepted.second, intent: WorkerIntent(input: input, labels: labels),
            requiredCapabilities: try capabilities.map { try DeclarationReference(capability: $0) })
    }

    private func pins(_ accepted: AcceptedSetup) async throws -> [String] {
        try await accepted.setup.mirrorGit().lines(
            "for-each-ref", "--format=%(refname) %(objectname)", "refs/pins")
    }

    private func pin(_ reference: ConfigBundleRef) -> String {
        "refs/pins/\(reference.commit) \(reference.commit)"
    }

    // MARK: Creation

    @Test("a capability by its short and by its whole name is the same request, once or twice")
    func sameCapability() async throws {
        let accepted = try await AcceptedSetup(.asking)
        try accepted.setup.writePolicy(PolicyDecisionTests.generous)
        #expect(
            try await accepted.runtime.createWorker(
                request(accepted, capabilities: ["triage"])
            ).isNew)
        for same in [["capability:triage"], ["capability:triage", "triage"]] {
            let again = try await accepted.runtime.createWorker(
                request(accepted, capabilities: same))
            #expect(!again.isNew)
        }
    }

    @Test("a worker is what was asked for, and is shown so ever after")
    func created() async throws {
        let accepted = try await AcceptedSetup()
        let before = Date()
        let labels = ["team": "support", "ticket": "12"]
        let created = try await accepted.runtime.createWorker(
            request(accepted, labels: labels))
        let worker = created.worker
        #expect(created.isNew)
        #expect(worker.id.rawValue == "one")
        #expect(worker.state == .created)
        #expect(worker.mode == .synced)
        #expect(worker.pin == accepted.second)
        #expect(worker.selector.description == "named:coder")
        #expect(worker.intent == WorkerIntent(input: "look at ticket 12", labels: labels))
        #expect(worker.grants.granted.isEmpty && worker.grants.dropped.isEmpty)
        #expect(worker.stoppedAt == nil)
        #expect(worker.createdAt >= before.addingTimeInterval(-0.001))
        #expect(worker.createdAt <= Date())
        #expect(try await accepted.runtime.worker(WorkerID("one")) == worker)
        #expect(try await accepted.runtime.workers() == [worker])
        let policy = try HostPolicyFile.read(at: accepted.setup.policy)
        #expect(worker.policyDigest == policy.digest)
        let contents = try await accepted.runtime.contents(of: accepted.second)
        let resolved = try ProfileResolver(
            documents: contents.documents, builtins: BuiltinProfiles.all
        ).resolve(.named(ProfileID("coder")))
        #expect(worker.profileDigest == resolved.digest)
    }

    @Test("the same request under the same id gives the same worker")
    func idempotent() async throws {
        let accepted = try await AcceptedSetup()
        let first = try await accepted.runtime.createWorker(
            request(accepted, labels: ["a": "1", "b": "2"]))
        let again = try await accepted.runtime.createWorker(
            request(accepted, selector: "named:coder", labels: ["b": "2", "a": "1"]))
        #expect(!again.isNew)
        #expect(again.worker == first.worker)
        #expect(try await accepted.runtime.workers().count == 1)
        // Also when the host policy has become another one, and when the worker was stopped.
        try accepted.setup.write(policy: "schema: sheaf/host-policy/v1\n")
        #expect(
            try await !accepted.runtime.createWorker(
                request(accepted, labels: ["a": "1", "b": "2"])
            ).isNew)
        try await accepted.runtime.stopWorker(WorkerID("one"))
        let stopped = try await accepted.runtime.createWorker(
            request(accepted, labels: ["a": "1", "b": "2"]))
        #expect(!stopped.isNew)
        #expect(stopped.worker.state == .stopped)
    }

    @Test("another request under the same id is conflict, whatever differs")
    func conflict() async throws {
        let accepted = try await AcceptedSetup()
        try await accepted.runtime.createWorker(request(accepted, capabilities: []))
        let others = [
            try request(accepted, selector: "reader"), try request(accepted, selector: ""),
            try request(accepted, pin: accepted.first), try request(accepted, input: "other"),
            try request(accepted, labels: ["a": "b"]),
            try request(accepted, capabilities: ["triage"]),
            CreateWorkerRequest(
                id: try WorkerID("one"), selector: .builtin(try ProfileID("coder")), pin: nil,
                input: "look at ticket 12"),
        ]
        for other in others {
            await failing(.conflict) { try await accepted.runtime.createWorker(other) }
        }
        #expect(try await accepted.runtime.workers().count == 1)
        #expect(try await pins(accepted) == [pin(accepted.second)])
    }

    @Test("many requests under one id at once make one worker")
    func atOnce() async throws {
        let accepted = try await AcceptedSetup()
        let request = try request(accepted)
        let created = try await withThrowingTaskGroup(of: CreatedWorker.self) { group in
            for _ in 0..<16 {
                group.addTask { try await accepted.runtime.createWorker(request) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(created.count { $0.isNew } == 1)
        #expect(Set(created.map(\.worker)).count == 1)
    }

    @Test("the record is on disk when the call returns: another process sees it")
    func durable() async throws {
        let accepted = try await AcceptedSetup()
        let created = try await accepted.runtime.createWorker(request(accepted))
        let copy = accepted.setup.directory.appending("copy.sqlite")
        for suffix in ["", "-wal", "-shm"] {
            // What a power failure would leave is what lies on disk now, not what a close adds.
            try FileManager.default.copyItem(
                atPath: "\(accepted.setup.store)/runtime.sqlite\(suffix)",
                toPath: copy.path(percentEncoded: false) + suffix)
        }
        let python = try await Program(
            ProcessInfo.processInfo.environment["SHEAF_PYTHON"] ?? "python3",
            environment: TestEnvironment.base, directory: accepted.setup.directory.url
        ).run([
            "-c",
            """
            import sqlite3
            rows = sqlite3.connect("copy.sqlite").execute("SELECT id, state, commitID FROM worker")
            for row in rows: print(*row)
            """,
        ])
        #expect(python.trimmed == "one created \(accepted.second.commit)")
        #expect(try await accepted.setup.runtime(.reader).workers() == [created.worker])
    }

    @Test("the record and the pin outlive the process")
    func reopened() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let bundle = try setup.bundle
        func create() async throws -> WorkerView {
            let runtime = try setup.runtime()
            let pin = try await runtime.sync(bundle, on: .latest).pin
            return try await runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID("one"), selector: .bundleDefault, pin: pin, input: "x")
            ).worker
        }
        let worker = try await create()
        let runtime = try setup.runtime()
        #expect(try await runtime.workers() == [worker])
        try await runtime.sync(bundle, on: .latest)
        let refs = try await setup.mirrorGit().lines("for-each-ref", "refs/pins")
        #expect(refs.count == 1)
    }

    @Test(
        "an intent over its limits is limit_exceeded, and no worker is made",
        arguments: [
            (String(repeating: "x", count: 1 << 20), 0, 0, true),
            (String(repeating: "x", count: (1 << 20) + 1), 0, 0, false),
            (String(repeating: "あ", count: 400_000), 0, 0, false),
            ("", 64, 0, true), ("", 65, 0, false), ("", 0, 64, true), ("", 0, 65, false),
        ])
    func limits(
        _ input: String, _ labels: Int, _ capabilities: Int, _ isAllowed: Bool
    ) async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        let request = CreateWorkerRequest(
            id: try WorkerID("one"), selector: .builtin(try ProfileID("coder")), pin: nil,
            intent: WorkerIntent(
                input: input,
                labels: Dictionary(uniqueKeysWithValues: (0..<labels).map { ("l\($0)", "v") })),
            requiredCapabilities: try (0..<capabilities).map {
                try DeclarationReference(capability: "c\($0)")
            })
        if isAllowed, capabilities == 0 {
            #expect(try await runtime.createWorker(request).worker.intent.input == input)
        } else {
            // A builtin profile has no capability, so those within the limit are denied.
            await failing(isAllowed ? .hostPolicyDenied : .limitExceeded) {
                try await runtime.createWorker(request)
            }
            #expect(try await runtime.workers().isEmpty)
        }
    }

    @Test("a label's name and value have at most 256 bytes")
    func labels() async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        let most = String(repeating: "é", count: 128)
        func request(_ id: String, _ labels: [String: String]) throws -> CreateWorkerRequest {
            CreateWorkerRequest(
                id: try WorkerID(id), selector: .builtin(try ProfileID("coder")), pin: nil,
                intent: WorkerIntent(input: "", labels: labels))
        }
        let created = try await runtime.createWorker(request("a", [most: most]))
        #expect(created.worker.intent.labels == [most: most])
        await failing(.limitExceeded) {
            try await runtime.createWorker(request("b", [most + "x": ""]))
        }
        await failing(.limitExceeded) {
            try await runtime.createWorker(request("c", ["a": most + "x"]))
        }
    }

    @Test(
        "any text comes back as it went in",
        arguments: ["", "\u{0}", "a\r\nb", "日本語 👩‍💻 e\u{301}", "'; --"])
    func texts(_ text: String) async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        let created = try await runtime.createWorker(
            CreateWorkerRequest(
                id: WorkerID("one"), selector: .builtin(ProfileID("coder")), pin: nil,
                intent: WorkerIntent(input: text, labels: [text: text])))
        let shown = try await runtime.worker(WorkerID("one"))
        #expect(Array(shown.intent.input.utf8) == Array(text.utf8))
        #expect(shown.intent.labels.first.map { Array($0.value.utf8) } == Array(text.utf8))
        #expect(shown == created.worker)
    }

    // MARK: Pins

    @Test("a release is held until the last live worker that uses it is stopped")
    func held() async throws {
        let accepted = try await AcceptedSetup()
        let runtime = accepted.runtime
        try await runtime.createWorker(request(accepted, "one"))
        try await runtime.createWorker(request(accepted, "two"))
        try await runtime.createWorker(request(accepted, "three", pin: accepted.first))
        let both = [pin(accepted.first), pin(accepted.second)].sorted()
        #expect(try await pins(accepted) == both)
        try await runtime.stopWorker(WorkerID("one"))
        #expect(try await pins(accepted) == both)
        try await runtime.stopWorker(WorkerID("one"))
        #expect(try await pins(accepted) == both)
        try await runtime.stopWorker(WorkerID("two"))
        #expect(try await pins(accepted) == [pin(accepted.first)])
        try await runtime.stopWorker(WorkerID("three"))
        #expect(try await pins(accepted) == [])
    }

    @Test("a pin that a killed process left goes when the store is opened; a live one stays")
    func leftPin() async throws {
        let setup = try await RuntimeSetup()
        let first = try await setup.publish()
        let second = try await setup.publish(.plain.saying("The second."))
        let bundle = try setup.bundle
        func create() async throws -> ConfigBundleRef {
            let runtime = try setup.runtime()
            let pin = try await runtime.sync(bundle, on: .latest).pin
            try await runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID("one"), selector: .bundleDefault, pin: pin, input: "x"))
            return pin
        }
        let live = try await create()
        #expect(live == second.release?.pin)
        let left = try #require(first.release?.commit.hex)
        let git = setup.mirrorGit()
        try await git.check("update-ref", "refs/pins/\(left)", left)
        let runtime = try setup.runtime()
        try await runtime.sync(bundle, on: .latest)
        #expect(
            try await git.lines("for-each-ref", "--format=%(refname)", "refs/pins")
                == ["refs/pins/\(live.commit)"])
    }

    @Test("a worker whose bundle was taken off the disk can still be stopped")
    func stopWithoutMirror() async throws {
        let accepted = try await AcceptedSetup()
        try await accepted.runtime.createWorker(request(accepted))
        let setup = accepted.setup
        let other = try await AcceptedSetup { other in
            // Another store with the same worker, of which the bundles are gone.
            try FileManager.default.removeItem(atPath: other.store)
            try FileManager.default.createDirectory(
                atPath: other.store, withIntermediateDirectories: true)
            for suffix in ["", "-wal", "-shm"] {
                try FileManager.default.copyItem(
                    atPath: "\(setup.store)/runtime.sqlite\(suffix)",
                    toPath: "\(other.store)/runtime.sqlite\(suffix)")
            }
        }
        let stopped = try await other.runtime.stopWorker(WorkerID("one"))
        #expect(stopped.state == .stopped)
        #expect(try await other.runtime.stopWorker(WorkerID("one")) == stopped)
    }

    // MARK: List, show, stop

    @Test("workers are listed the newest first")
    func list() async throws {
        let setup = try await RuntimeSetup()
        let clock = TestClock()
        let runtime = try setup.runtime(now: clock.now)
        for id in ["b", "a", "c"] {
            clock.advance(by: 0.25)
            try await runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID(id), selector: .builtin(ProfileID("coder")), pin: nil, input: ""))
        }
        #expect(try await runtime.workers().map(\.id.rawValue) == ["c", "a", "b"])
    }

    @Test("a worker is stopped once, and its end is recorded")
    func stop() async throws {
        let setup = try await RuntimeSetup()
        let clock = TestClock()
        let runtime = try setup.runtime(now: clock.now)
        try await runtime.createWorker(
            CreateWorkerRequest(
                id: WorkerID("one"), selector: .builtin(ProfileID("coder")), pin: nil, input: ""))
        clock.advance(by: 10)
        let end = clock.now()
        let stopped = try await runtime.stopWorker(WorkerID("one"))
        #expect(stopped.state == .stopped)
        #expect(stopped.stoppedAt == end)
        clock.advance(by: 10)
        #expect(try await runtime.stopWorker(WorkerID("one")) == stopped)
        #expect(try await runtime.worker(WorkerID("one")) == stopped)
    }

    @Test("a worker that is not there is not_found")
    func missing() async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        await failing(.notFound) { try await runtime.worker(WorkerID("one")) }
        await failing(.notFound) { try await runtime.stopWorker(WorkerID("one")) }
    }
}
