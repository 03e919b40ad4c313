import BundleModel
import Foundation
import RuntimeClient
import RuntimeProtocol
import RuntimeServer
import TestSupport
import Testing
import WorkerRuntime

@Suite("One contract, in the process and over HTTP")
struct ContractTests {
    @Test("the library and a server give the same documents and the same errors, in the same order")
    func same() async throws {
        let host = try await RuntimeHost()
        let facts = try await Self.facts(host)
        let embedded = EmbeddedRuntime(try host.runtime("embedded"))
        var expected: [String] = []
        for exchange in Questions.all {
            expected.append(await exchange.outcome(of: embedded, facts))
        }
        for (store, overSocket) in [("served", false), ("socket", true)] {
            let outcomes = expected
            try await host.serve(try host.runtime(store)) { served in
                try await served.client(overSocket: overSocket) { client in
                    for (exchange, outcome) in zip(Questions.all, outcomes) {
                        let answer = await exchange.outcome(of: client, facts)
                        #expect(answer == outcome, "\(exchange.name)")
                    }
                }
            }
        }
        // The questions ask for enough of what can go well and wrong.
        for (exchange, outcome) in zip(Questions.all, expected) {
            let code = exchange.name.split(separator: ": ").dropFirst().last
            #expect(
                outcome.hasPrefix(code.map { "\($0) | " } ?? "{"), "\(exchange.name): \(outcome)")
        }
        #expect(host.arriving.isEmpty)
    }

    /// Two Git bundle files that a third runtime exports.
    static func facts(_ host: RuntimeHost) async throws -> Exchange.Facts {
        let library = try host.runtime("third")
        let third = EmbeddedRuntime(library)
        let agents = try BundleID("agents")
        let acme = try WorkspaceID("acme")
        let first = try await third.sync(
            SyncRequest(workspace: acme, bundle: agents, channel: .latest))
        let file = host.home.appending("agents.bundle").path()
        _ = try await library.export(agents, on: .latest, to: file)
        let helpers = try BundleID("helpers")
        _ = try await third.sync(SyncRequest(workspace: acme, bundle: helpers, channel: .latest))
        let other = host.home.appending("helpers.bundle").path()
        _ = try await library.export(helpers, on: .latest, to: other)
        return Exchange.Facts(agents: first.release, file: file, otherFile: other)
    }
}
