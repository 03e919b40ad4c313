import AccessTokens
import BundleModel
import Foundation
import HTTPServing
import Logging
import RuntimeClient
import RuntimeProtocol
import TestSupport
import Testing

@testable import RuntimeServer

@Suite("Who may ask a runtime what")
struct AccessTests {
    @Test("every route needs a token that is good and wide enough, and says nothing before")
    func tokens() async throws {
        let host = try await RuntimeHost()
        let wrong = TokenSecret().text
        let expired = try host.token(
            Set(AccessScope.allCases), expiresAt: Date(timeIntervalSince1970: 1))
        let full = try host.token(Set(AccessScope.allCases))
        var narrow: [String: String] = [:]
        for scope in AccessScope.allCases {
            narrow[scope.rawValue] = try host.token(Set(AccessScope.allCases).subtracting([scope]))
        }
        let others = narrow
        let scopes = RouteCase.all.map { "\($0.method) \($0.pattern) \($0.scope ?? "-")" }
        #expect(scopes == Self.scopes)
        try await host.serve(try host.runtime("store")) { served in
            for route in RouteCase.all {
                guard let scope = route.scope else {
                    #expect(try await route.ask(served).status == 200, "\(route)")
                    continue
                }
                for token in [nil, wrong, expired, "x", "sheaf_"] {
                    let answer = try await route.ask(served, token)
                    #expect(answer.status == 401, "\(route)")
                    #expect(answer.code == "unauthorized")
                    #expect(answer.field("WWW-Authenticate") == "Bearer realm=\"sheaf\"")
                    #expect(answer.field("X-Request-Id") != nil)
                }
                let refused = try await route.ask(served, others[scope])
                #expect(refused.status == 403, "\(route): \(refused)")
                #expect(refused.code == "forbidden")
                let allowed = try await route.ask(served, full)
                #expect(![401, 403].contains(allowed.status), "\(route): \(allowed)")
            }
        }
    }

    static let scopes = [
        "GET /healthz -", "GET /readyz -", "GET /metrics read", "GET /openapi.yaml -",
        "GET /v1/runtime read", "GET /v1/config-bundles read", "POST /v1/config-bundles/sync sync",
        "POST /v1/config-bundles/preflight read", "GET /v1/config-bundles/{digest} read",
        "PUT /v1/config-bundles/{digest} sync",
        "GET /v1/config-bundles/{digest}/availability read", "GET /v1/workers workers",
        "POST /v1/workers workers", "GET /v1/workers/{id} workers",
        "POST /v1/workers/{id}/stop workers",
    ]

    @Test("what a token may not know of gets the answer of what is not there, word for word")
    func sight() async throws {
        let host = try await RuntimeHost()
        let runtime = try host.runtime("store")
        let all = EmbeddedRuntime(runtime)
        let acme = try WorkspaceID("acme")
        let agents = try await all.sync(
            SyncRequest(workspace: acme, bundle: BundleID("agents"), channel: .latest))
        let pin = agents.release.pin
        _ = try await all.createWorker(
            WorkerRequest(
                workerId: WorkerID("seen"), bundle: pin, intent: IntentDocument(input: "x")))
        _ = try await all.createWorker(
            WorkerRequest(
                workerId: WorkerID("host"), profile: "builtin:coder",
                intent: IntentDocument(input: "x")))
        let scopes = Set(AccessScope.allCases)
        let stranger = try host.token(scopes, workspace: "umbrella")
        let narrow = try host.token(scopes, bundles: [BundleID("helpers")])
        let own = try host.token(scopes)
        try await host.serve(
            runtime,
            change: {
                $0.metrics = { isShown in
                    isShown(acme, pin.bundle) ? "a_number_of_agents 1\n" : "a_sum 2\n"
                }
            }
        ) { served in
            let shown = try await served.ask("GET", "/metrics", own).text
            #expect(shown.contains("a_number_of_agents"))
            for token in [stranger, narrow] {
                let numbers = try await served.ask("GET", "/metrics", token).text
                #expect(numbers.contains("a_sum") && !numbers.contains("agents"))
                try await served.client(token) { client in
                    #expect(try await client.channels(after: nil, limit: nil).channels.isEmpty)
                    #expect(try await client.workers(after: nil, limit: nil).workers.isEmpty)
                    await Self.expect(.notFound) { try await client.bundle(pin.digest) }
                    let found = try await client.availability(pin.digest, commit: pin.commit)
                    #expect(found.status == .missing)
                    for (id, other) in [("seen", "nobody"), ("host", "nobody")] {
                        let hidden = await Self.expect(.notFound) {
                            try await client.worker(try WorkerID(id))
                        }
                        let missing = await Self.expect(.notFound) {
                            try await client.worker(try WorkerID(other))
                        }
                        #expect(hidden?.message == missing?.message.replacing(other, with: id))
                        await Self.expect(.notFound) {
                            try await client.stopWorker(try WorkerID(id), StopRequest())
                        }
                    }
                    await Self.expect(.hostPolicyDenied) {
                        try await client.sync(
                            SyncRequest(workspace: acme, bundle: pin.bundle, channel: .latest))
                    }
                    await Self.expect(.hostPolicyDenied) {
                        try await client.preflight(PreflightRequest(bundle: pin))
                    }
                    await Self.expect(.hostPolicyDenied) {
                        try await client.createWorker(
                            WorkerRequest(
                                workerId: WorkerID("mine"), bundle: pin,
                                intent: IntentDocument(input: "x")))
                    }
                    await Self.expect(.forbidden) {
                        try await client.createWorker(
                            WorkerRequest(
                                workerId: WorkerID("mine"), profile: "builtin:coder",
                                intent: IntentDocument(input: "x")))
                    }
                }
            }
            try await served.client(own) { client in
                #expect(try await client.channels(after: nil, limit: nil).channels.count == 1)
                let workers = try await client.workers(after: nil, limit: nil).workers
                #expect(workers.map(\.workerId.rawValue) == ["seen"])
                #expect(try await client.describe().workspaces == [acme])
            }
            try await served.client(overSocket: true) { client in
                let workers = try await client.workers(after: nil, limit: nil).workers
                #expect(workers.count == 2)
            }
        }
    }

    @Test("without tokens a page in a browser of this machine is not answered")
    func pages() async throws {
        let host = try await RuntimeHost()
        try await host.serve(try host.runtime("store")) { served in
            for name in ["localhost", "127.0.0.1:80", "[::1]:7", "[::1]"] {
                let answer = try await served.ask("GET", "/v1/runtime", host: name)
                #expect(answer.status == 200, "\(name)")
            }
            for name in ["evil.example", "127.0.0.1.evil.example", "", "10.0.0.1"] {
                let answer = try await served.ask("GET", "/v1/runtime", host: name)
                #expect(answer.status == 403, "\(name): \(answer)")
            }
            let answer = try await served.ask(
                "POST", "/v1/workers/w-1/stop", fields: "Origin: http://evil.example\r\n")
            #expect(answer.status == 403)
            let own = try await served.ask(
                "GET", "/v1/runtime", fields: "Origin: http://localhost\r\n")
            #expect(own.status == 200)
        }
    }

    @Test("a server that others reach needs tokens and TLS, and one that nobody reaches is none")
    func closed() async throws {
        let host = try await RuntimeHost()
        let runtime = try host.runtime("store")
        func server(_ addresses: [String], _ plain: Bool = false) throws {
            var configuration = RuntimeServerConfiguration(
                addresses: try addresses.map { try ListenAddress($0) },
                tokenFile: host.tokens.path, spoolFolder: "/tmp")
            configuration.allowsPlainHTTP = plain
            _ = try RuntimeServer(runtime, configuration, logger: .init(label: "test"))
        }
        #expect(throws: SheafError.self) { try server([]) }
        #expect(throws: SheafError.self) { try server(["0.0.0.0:0"], true) }
        try server(["127.0.0.1:0", "[::1]:0"])
        _ = try host.token([.read])
        #expect(throws: SheafError.self) { try server(["127.0.0.1:0", "0.0.0.0:0"]) }
        try server(["0.0.0.0:0"], true)
    }

    @discardableResult
    static func expect<Value>(
        _ code: SheafError.Code, _ body: () async throws -> Value,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async -> SheafError? {
        do {
            _ = try await body()
            Issue.record("nothing was refused", sourceLocation: sourceLocation)
            return nil
        } catch {
            let error = error as? SheafError
            #expect(
                error?.code == code, "\(String(describing: error))", sourceLocation: sourceLocation)
            return error
        }
    }
}
