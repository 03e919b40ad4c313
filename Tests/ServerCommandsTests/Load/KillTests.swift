import BundleModel
import Foundation
import Glibc
import RuntimeClient
import RuntimeProtocol
import TestSupport
import Testing

@Suite("A daemon that is killed under load", .timeLimit(.minutes(6)))
struct KillTests {
    static let rounds = 12

    @Test("has every worker and release that it said yes to after it was killed, and none twice")
    func killed() async throws {
        let load = try await DaemonLoad()
        for round in 1...Self.rounds {
            if round > 1 { try await load.publish(round) }
            let daemon = try await Self.serve(load.desk)
            try await daemon.client { client in
                let pins = try await Self.requireKept(load, client, round)
                let goal = load.ledger.answers + Int.random(in: 5...80)
                async let clients: Void = load.run(client, round: round, from: pins)
                // Every other time the processes that it has started are killed with it.
                try await Self.kill(daemon, alone: round.isMultiple(of: 2)) {
                    load.ledger.answers >= goal
                }
                await clients
            }
        }
        let daemon = try await Self.serve(load.desk)
        try await daemon.client { client in
            _ = try await Self.requireKept(load, client, Self.rounds + 1)
            try await Self.requireWholeStore(load, client)
            for id in load.ledger.contents.created.keys {
                _ = try await client.stopWorker(id, StopRequest(graceSeconds: 0))
            }
        }
        let contents = load.ledger.contents
        #expect(contents.created.count > Self.rounds && contents.releases.count == 3)
        try await daemon.end()
    }

    /// What a process that was killed holds is free a moment later.
    private static func serve(_ desk: DaemonDesk) async throws -> RunningDaemon {
        for _ in 0..<20 {
            if let daemon = try? await desk.serve() { return daemon }
        }
        return try await desk.serve()
    }

    /// Kills it some moment after a condition holds; others go on with what they do meanwhile.
    private static func kill(
        _ daemon: RunningDaemon, alone: Bool, when isDue: () -> Bool
    ) async throws {
        let process = try daemon.processID
        let end = ContinuousClock.now + .seconds(30)
        while !isDue(), .now < end { try await Task.sleep(for: .milliseconds(1)) }
        try await Task.sleep(for: .microseconds(Int.random(in: 0...20_000)))
        if alone { try #require(Glibc.kill(process, SIGKILL) == 0) }
        daemon.kill()
    }

    /// Everything that was acknowledged is there, and nothing that nobody asked for; brings what is
    /// followed up to date, and gives what workers can be created from.
    private static func requireKept(
        _ load: DaemonLoad, _ client: RuntimeClient, _ round: Int
    ) async throws -> [BundlePin] {
        let contents = load.ledger.contents
        let found = try await workers(client)
        #expect(Set(found.keys).isSubset(of: contents.asked.keys))
        for (id, told) in contents.created {
            guard let worker = found[id] else {
                Issue.record("\(id) was acknowledged, and is gone in round \(round)")
                continue
            }
            #expect(facts(worker) == facts(told))
            if contents.stopped.contains(id) {
                #expect(worker.state == "stopped", "\(id)")
            } else if !contents.stopping.contains(id) {
                let states = told.startedAt == nil ? ["created"] : ["running", "exited"]
                #expect(states.contains(worker.state), "\(id): \(worker.state)")
            }
        }
        let page = try await client.channels(after: nil, limit: nil)
        let accepted = page.channels.compactMap(\.accepted)
        for (bundle, told) in contents.releases {
            let release = accepted.first { $0.pin.bundle == bundle }
            #expect(release?.sequence ?? 0 >= told.sequence, "\(bundle)")
            if release?.sequence == told.sequence { #expect(release == told) }
        }
        try await repeatRequests(load, client)
        var pins: [BundlePin] = []
        for bundle in DaemonLoad.bundles {
            let wish = SyncRequest(
                workspace: try WorkspaceID("acme"), bundle: try BundleID(bundle), channel: .latest)
            let report = try await client.sync(wish)
            // What a release in service is built on is not fetched here, only what is new.
            load.ledger.note(report.release)
            pins.append(report.release.pin)
        }
        return pins
    }

    /// Whoever got no answer asks again, and has one worker then; whoever got one has the same.
    private static func repeatRequests(_ load: DaemonLoad, _ client: RuntimeClient) async throws {
        let contents = load.ledger.contents
        for request in contents.asked.values where contents.created[request.workerId] == nil {
            let reply = try await client.createWorker(request)
            load.ledger.note(reply.worker)
        }
        for (id, told) in contents.created.shuffled().prefix(5) {
            guard let request = contents.asked[id] else { continue }
            let reply = try await client.createWorker(request)
            #expect(!reply.isNew && facts(reply.worker) == facts(told))
        }
    }

    /// All workers, of which none may be listed twice.
    private static func workers(
        _ client: RuntimeClient
    ) async throws -> [WorkerID: WorkerDocument] {
        var found: [WorkerID: WorkerDocument] = [:]
        var cursor: String?
        repeat {
            let page = try await client.workers(after: cursor, limit: 50)
            for worker in page.workers {
                #expect(found.updateValue(worker, forKey: worker.workerId) == nil, "twice")
            }
            cursor = page.next
        } while cursor != nil
        return found
    }

    /// What of a worker never changes.
    private static func facts(_ worker: WorkerDocument) -> [String] {
        [
            "\(worker.workerId)", worker.mode, "\(String(describing: worker.bundle))",
            worker.profile, worker.profileDigest, worker.policyDigest, "\(worker.intent)",
            "\(worker.createdAt)", worker.startedAt.map { "\($0)" } ?? "",
        ]
    }

    /// Git finds nothing wrong, each release is there once, every live worker's pin is held, and
    /// nothing is left of what was under way; no engine was started twice.
    private static func requireWholeStore(
        _ load: DaemonLoad, _ client: RuntimeClient
    ) async throws {
        let found = try await workers(client)
        for bundle in DaemonLoad.bundles {
            let git = GitOracle(
                in: load.desk.home.appending("store/bundles/acme/\(bundle).git"))
            try await git.check("fsck", "--strict")
            let sequences = try await git.lines(
                "log", "--format=%(trailers:key=Release-Sequence,valueonly,separator=)",
                "refs/channels/latest")
            #expect(sequences == (1...sequences.count).reversed().map { "\($0)" })
            let held = try await git.lines("for-each-ref", "--format=%(refname)", "refs/pins")
            let live = found.values.filter {
                $0.bundle?.bundle.rawValue == bundle && ["created", "running"].contains($0.state)
            }
            let pins = Set(live.compactMap { $0.bundle.map { "refs/pins/\($0.commit)" } })
            #expect(pins.isSubset(of: held), "\(bundle)")
        }
        let store = load.desk.store
        let files = FileManager.default.enumerator(atPath: store)?.allObjects as? [String] ?? []
        let left = files.filter { path in
            let name = path.split(separator: "/").last ?? ""
            return name.hasPrefix("pack_git2_") || name.hasPrefix("tmp_")
                || path.hasPrefix("arriving/")
                || (name.hasSuffix(".lock") && path.contains(".git/refs"))
        }
        #expect(left == [])
        let marks = load.marks
        #expect(Set(marks).count == marks.count, "an engine was started twice")
        for (id, worker) in found where worker.startedAt != nil {
            #expect(marks.contains(id.rawValue), "\(id) \(worker.state)")
        }
        #expect(!marks.isEmpty)
    }
}
