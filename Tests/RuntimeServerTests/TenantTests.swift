import AccessTokens
import BundleModel
import Foundation
import RuntimeClient
import RuntimeProtocol
import Testing
import WorkerRuntime

@testable import RuntimeServer

@Suite("Workspaces that share a host")
struct TenantTests {
    private static func wish(
        _ id: String, _ pin: BundlePin, _ input: String = "x"
    ) throws -> WorkerRequest {
        WorkerRequest(
            workerId: try WorkerID(id), bundle: pin, intent: IntentDocument(input: input))
    }

    @Test("each have their own worker ids, and learn nothing of each other's")
    func ids() async throws {
        let host = try await RuntimeHost()
        let runtime = try host.runtime("store")
        let umbrella = try await host.addWorkspace("umbrella")
        let all = EmbeddedRuntime(runtime)
        let own = try await all.sync(
            SyncRequest(
                workspace: WorkspaceID("acme"), bundle: BundleID("agents"), channel: .latest)
        ).release.pin
        let other = try await all.sync(
            SyncRequest(workspace: umbrella, bundle: BundleID("others"), channel: .latest)
        ).release.pin
        let scopes = Set(AccessScope.allCases)
        let acmeToken = try host.token(scopes)
        let umbrellaToken = try host.token(scopes, workspace: "umbrella")
        try await host.serve(runtime) { served in
            let one = try WorkerID("one")
            try await served.client(acmeToken) { client in
                let reply = try await client.createWorker(Self.wish("one", own))
                #expect(reply.isNew && reply.worker.workerId == one)
            }
            try await served.client(umbrellaToken) { client in
                // What is taken elsewhere answers as what is free: here to be looked at, to be
                // stopped and to be had.
                for name in ["one", "free"] {
                    let id = try WorkerID(name)
                    await AccessTests.expect(.notFound) { try await client.worker(id) }
                    await AccessTests.expect(.notFound) {
                        try await client.stopWorker(id, StopRequest())
                    }
                    let reply = try await client.createWorker(Self.wish(name, other))
                    #expect(reply.isNew && reply.worker.workerId == id)
                    #expect(reply.worker.bundle == other)
                    let again = try await client.createWorker(Self.wish(name, other))
                    #expect(!again.isNew && again.worker == reply.worker)
                    let refused = await AccessTests.expect(.conflict) {
                        try await client.createWorker(Self.wish(name, other, "another"))
                    }
                    #expect(refused?.message == "worker '\(name)' was created by another request")
                    let found = try await client.worker(id)
                    #expect(found == reply.worker)
                }
                let first = try await client.workers(after: nil, limit: 1)
                let rest = try await client.workers(after: first.next, limit: nil)
                let names = (first.workers + rest.workers).map(\.workerId.rawValue)
                #expect(names.sorted() == ["free", "one"])
                let place = try #require(first.next)
                #expect(place.hasSuffix("~free") || place.hasSuffix("~one"))
                let stopped = try await client.stopWorker(one, StopRequest())
                #expect(stopped.workerId == one && stopped.state == "stopped")
            }
            try await served.client(acmeToken) { client in
                let mine = try await client.worker(one)
                #expect(mine.state == "created" && mine.bundle == own)
                let workers = try await client.workers(after: nil, limit: nil).workers
                #expect(workers.map(\.workerId) == [one])
            }
            // The owner knows each by an id of its own.
            try await served.client(overSocket: true) { client in
                let workers = try await client.workers(after: nil, limit: nil).workers
                #expect(Set(workers.map(\.workerId)).count == 3)
                for worker in workers {
                    let found = try await client.worker(worker.workerId)
                    #expect(found == worker)
                }
                #expect(try await client.worker(one).bundle == own)
                let reply = try await client.createWorker(Self.wish("one", other))
                #expect(!reply.isNew && reply.worker.workerId != one)
            }
        }
    }

    @Test("bundles of one workspace share its ids: one learns that an id is taken, and no more")
    func sharedIDs() async throws {
        let host = try await RuntimeHost()
        let runtime = try host.runtime("store")
        let all = EmbeddedRuntime(runtime)
        let acme = try WorkspaceID("acme")
        let agents = try await all.sync(
            SyncRequest(workspace: acme, bundle: BundleID("agents"), channel: .latest)
        ).release.pin
        let helpers = try await all.sync(
            SyncRequest(workspace: acme, bundle: BundleID("helpers"), channel: .latest)
        ).release.pin
        let scopes = Set(AccessScope.allCases)
        let agentsToken = try host.token(scopes, bundles: [BundleID("agents")])
        let helpersToken = try host.token(scopes, bundles: [BundleID("helpers")])
        try await host.serve(runtime) { served in
            let one = try WorkerID("one")
            try await served.client(agentsToken) { client in
                let reply = try await client.createWorker(Self.wish("one", agents))
                #expect(reply.isNew)
            }
            try await served.client(helpersToken) { client in
                await AccessTests.expect(.notFound) { try await client.worker(one) }
                await AccessTests.expect(.notFound) {
                    try await client.stopWorker(one, StopRequest())
                }
                let listed = try await client.workers(after: nil, limit: nil).workers
                #expect(listed.isEmpty)
                let refused = await AccessTests.expect(.conflict) {
                    try await client.createWorker(Self.wish("one", helpers))
                }
                #expect(refused?.message == "worker 'one' was created by another request")
                #expect(refused?.details.isEmpty == true && refused?.findings.isEmpty == true)
            }
        }
    }

    @Test("who names no bundle is told so, whether anybody on the host has the id or not")
    func unpinned() async throws {
        let host = try await RuntimeHost()
        let runtime = try host.runtime("store")
        let all = EmbeddedRuntime(runtime)
        let pin = try await all.sync(
            SyncRequest(
                workspace: WorkspaceID("acme"), bundle: BundleID("agents"), channel: .latest)
        ).release.pin
        _ = try await all.createWorker(Self.wish("pinned", pin))
        let ofHost = try WorkerRequest(
            workerId: WorkerID("of-host"), profile: "builtin:coder",
            intent: IntentDocument(input: "x"))
        _ = try await all.createWorker(ofHost)
        let scopes = Set(AccessScope.allCases)
        let tokens = [
            try host.token(scopes), try host.token(scopes, bundles: [BundleID("helpers")]),
            try host.token(scopes, workspace: "umbrella"),
        ]
        try await host.serve(runtime) { served in
            for (profile, code): (String?, SheafError.Code) in [
                (nil, .bundleRequired), ("coder", .bundleRequired),
                ("named:coder", .bundleRequired), ("builtin:coder", .forbidden),
            ] {
                var told: Set<String> = []
                for token in tokens {
                    for id in ["pinned", "of-host", "free"] {
                        let error = try await served.client(token) { client in
                            await AccessTests.expect(code) {
                                try await client.createWorker(
                                    WorkerRequest(
                                        workerId: WorkerID(id), profile: profile,
                                        intent: IntentDocument(input: "x")))
                            }
                        }
                        told.insert("\(error.map { "\($0) \($0.details) \($0.hint ?? "")" } ?? id)")
                    }
                }
                #expect(told.count == 1, "\(told)")
            }
        }
    }

    @Test("many ask at once for one id, and each workspace gets one worker")
    func crowd() async throws {
        let host = try await RuntimeHost()
        let runtime = try host.runtime("store")
        let umbrella = try await host.addWorkspace("umbrella")
        var pins: [ConfigBundleRef] = []
        for (workspace, bundle) in [(try WorkspaceID("acme"), "agents"), (umbrella, "others")] {
            let bundle = try BundleID(bundle)
            pins.append(
                try await runtime.sync(bundle, on: .latest, workspace: workspace).pin)
        }
        let wished = pins
        let created = try await withThrowingTaskGroup(of: CreatedWorker.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await runtime.createWorker(
                        CreateWorkerRequest(
                            id: WorkerID("one"), selector: .bundleDefault,
                            pin: wished[number % 2], input: "x"))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(created.count(where: \.isNew) == 2)
        #expect(Set(created.map(\.worker.id)).count == 2)
        #expect(Set(created.map(\.worker.requestedID.rawValue)) == ["one"])
        for pin in wished {
            #expect(Set(created.map(\.worker).filter { $0.pin == pin }.map(\.id)).count == 1)
        }
    }

    @Test("of a bundle that two workspaces serve, a file is put into the one that is named")
    func files() async throws {
        let host = try await RuntimeHost()
        let facts = try await ContractTests.facts(host)
        let umbrella = try await host.addWorkspace("umbrella", serving: "others, agents")
        let runtime = try host.runtime("store")
        let token = try host.token([.read, .sync])
        let digest = facts.agents.pin.digest
        let acme = facts.agents.pin.workspace
        try await host.serve(runtime) { served in
            try await served.client(overSocket: true) { client in
                await AccessTests.expect(.invalidRequest) {
                    try await client.put(digest, file: facts.file)
                }
                await AccessTests.expect(.workspaceMismatch) {
                    try await client.put(digest, file: facts.file, workspace: umbrella)
                }
                let report = try await client.put(digest, file: facts.file, workspace: acme)
                #expect(report.outcome == .accepted && report.release.pin.workspace == acme)
            }
            try await served.client(token) { client in
                let report = try await client.put(digest, file: facts.file)
                #expect(report.outcome == .unchanged)
                let hidden = await AccessTests.expect(.hostPolicyDenied) {
                    try await client.put(digest, file: facts.file, workspace: umbrella)
                }
                let missing = await AccessTests.expect(.hostPolicyDenied) {
                    try await client.put(
                        digest, file: facts.file, workspace: WorkspaceID("nobody"))
                }
                #expect(hidden?.message == missing?.message.replacing("nobody", with: "umbrella"))
            }
            let path = "/v1/config-bundles/\(digest)?workspace=..%2f"
            let answer = try await served.ask(
                "PUT", path, token, type: "application/x-git-bundle", body: [])
            #expect(answer.status == 400, "\(answer)")
        }
        #expect(host.arriving.isEmpty)
    }
}
