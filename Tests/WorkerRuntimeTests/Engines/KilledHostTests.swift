import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// A host that is killed, as `kill -9` does, while it creates a worker or stops it.
@Suite("A host that is killed", .timeLimit(.minutes(3)))
struct KilledHostTests {
    /// A host whose engine `other` writes a line when it is started.
    private func host() async throws -> EngineSetup {
        let host = try await EngineSetup()
        let script = try host.setup.directory.write(
            "#!/bin/sh\necho \"$SHEAF_WORKER_ID\" >> checkout/starts\nexec sleep 600\n",
            to: "engine.sh")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: script.path(percentEncoded: false))
        try EngineSetup.writePolicy(host.setup, other: script.path(percentEncoded: false))
        return host
    }

    private func starts(_ host: EngineSetup) -> [String] {
        let file = host.setup.directory.appending("checkout/starts")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    /// Refs and rows agree, and Git finds nothing wrong.
    private func expectSound(
        _ host: EngineSetup, _ runtime: WorkerRuntime,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await runtime.settleWorkers()
        _ = try await runtime.pin(host.setup.bundle, on: .latest)
        let live = try await runtime.workers().filter(\.state.isLive).compactMap(\.pin?.commit)
        #expect(
            try await host.pins() == Set(live).map { "refs/pins/\($0)" },
            sourceLocation: sourceLocation)
        try await host.setup.mirrorGit().check("fsck", "--full", "--strict")
    }

    /// What the process that is killed does: creates a worker and stops it.
    private static func work(
        _ store: String, _ policy: String, _ pin: String, _ supervisor: [String],
        _ watch: @escaping @Sendable (WorkerStartStep) -> Void
    ) async throws {
        let runtime = try WorkerRuntime.open(
            store: store, policy: policy,
            launcher: ProcessLauncher(store: store, supervisor: supervisor))
        await runtime.watchSteps(watch)
        let id = try WorkerID("one")
        try await runtime.createWorker(
            CreateWorkerRequest(
                id: id, selector: ProfileSelector("other"), pin: ConfigBundleRef(pin),
                input: "look at ticket 12"))
        try await runtime.stopWorker(id, grace: .zero)
    }

    @Test(
        "between any two steps has no worker too many or too few, and none started twice",
        arguments: WorkerStartStep.allCases)
    func steps(_ step: WorkerStartStep) async throws {
        let host = try await host()
        let (store, policy, pin) = (host.setup.store, host.setup.policy, "\(host.pin)")
        let supervisor = try EngineSetup.supervisor(host.setup.directory.url)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [
                step = step as WorkerStartStep, store = store as String,
                policy = policy as String, pin = pin as String,
                supervisor = supervisor as [String]
            ] in
            try await KilledHostTests.work(store, policy, pin, supervisor) {
                if $0 == step { kill(getpid(), SIGKILL) }
            }
        }
        let runtime = try host.runtime()
        try await expectSound(host, runtime)
        let known = try await runtime.workers()
        switch step {
        case .decided, .pinned: #expect(known.isEmpty)
        case .recorded, .launching: #expect(known.map(\.state) == [.created])
        case .launched, .running: #expect(known.map(\.state) == [.running])
        // From here on the worker was acknowledged, and told to stop.
        case .ended, .endRecorded, .letGo: #expect(known.map(\.state) == [.stopped])
        }
        let again = try await runtime.createWorker(host.request("other"))
        #expect(again.isNew == known.isEmpty)
        if known.first?.state == .stopped {
            #expect(again.worker.state == .stopped)
            // An engine that was stopped right away may not have come to write its line.
            #expect(starts(host).count <= 1)
        } else {
            #expect(again.worker.state == .running)
            while starts(host).isEmpty { try await EngineSetup.moment() }
            #expect(starts(host) == ["one"])
        }
        try await runtime.stopWorker(WorkerID("one"), grace: .zero)
        try await expectSound(host, runtime)
    }

    /// What a supervisor is to do with the process that started it, in a shell.
    static let supervisors = [
        "before it is told what to do": #"kill -9 "$PPID"; exec "$0" "$@""#,
        "before it begins":
            #"order=$(cat); kill -9 "$PPID"; printf %s "$order" | "$0" "$@" > /dev/null"#,
        "in the moment in which the engine runs":
            #""$0" "$@" | { read -r line; kill -9 "$PPID"; }"#,
    ]

    @Test("by its supervisor finds one engine or starts one", arguments: supervisors.keys.sorted())
    func supervisor(_ moment: String) async throws {
        let host = try await host()
        let (store, policy, pin) = (host.setup.store, host.setup.policy, "\(host.pin)")
        let script = try #require(Self.supervisors[moment])
        let supervisor =
            try ["/bin/sh", "-c", script] + EngineSetup.supervisor(host.setup.directory.url)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [
                store = store as String, policy = policy as String, pin = pin as String,
                supervisor = supervisor as [String]
            ] in
            try await KilledHostTests.work(store, policy, pin, supervisor) { _ in }
        }
        let runtime = try host.runtime()
        try await expectSound(host, runtime)
        let again = try await runtime.createWorker(host.request("other"))
        #expect(!again.isNew && again.worker.state == .running)
        // The engine of the supervisor of the killed host may only just have come to run.
        while starts(host).isEmpty { try await EngineSetup.moment() }
        #expect(starts(host) == ["one"])
        #expect(try await runtime.stopWorker(WorkerID("one"), grace: .zero).state == .stopped)
        #expect(starts(host) == ["one"])
        try await expectSound(host, runtime)
    }

    @Test("at any moment has every worker that it acknowledged, and none started twice")
    func anyMoment() async throws {
        let host = try await host()
        let rounds =
            ProcessInfo.processInfo.environment["SHEAF_KILL_ROUNDS"].flatMap { Int($0) } ?? 24
        var acknowledged: Set<String> = []
        for round in 0..<rounds {
            let id = "w-\(round)"
            let create = try DoomedCommand(
                host.setup,
                ["worker", "create", "--profile", "other", "--pin", "\(host.pin)", "--id", id])
            // A whole one takes about half a second here; what counts is that the moments differ.
            if try await create.end(after: .milliseconds(Int.random(in: 0..<700))) {
                acknowledged.insert(id)
            }
        }
        let runtime = try host.runtime()
        try await expectSound(host, runtime)
        let known = try await runtime.workers()
        #expect(acknowledged.isSubset(of: known.map(\.id.rawValue)))
        for round in 0..<rounds {
            let request = CreateWorkerRequest(
                id: try WorkerID("w-\(round)"), selector: try ProfileSelector("other"),
                pin: host.pin, input: "")
            #expect(try await runtime.createWorker(request).worker.state == .running)
        }
        #expect(try await runtime.workers().count == rounds)
        // An engine that is stopped before it comes to write its line leaves none.
        while Set(starts(host)).count < rounds { try await EngineSetup.moment() }
        for worker in try await runtime.workers() {
            try await runtime.stopWorker(worker.id, grace: .zero)
        }
        #expect(starts(host).sorted() == (0..<rounds).map { "w-\($0)" }.sorted())
        try await expectSound(host, runtime)
        let left = try FileManager.default.contentsOfDirectory(
            atPath: "\(host.setup.store)/workers")
        #expect(left.allSatisfy { !$0.hasPrefix(".") }, "\(left)")
    }
}
