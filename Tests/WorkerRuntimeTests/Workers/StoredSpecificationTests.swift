import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("The stored specification of a worker")
struct StoredSpecificationTests {
    private static let full = SampleBundle.asking.with([
        "profiles/coder.yaml": """
        schema: sheaf/profile/v1
        extends: reader
        engine: claude-code
        model: main
        workflows: [workflows/triage.md]
        assets: [assets/style.md]
        tools: { shell: ask }
        plugins: [tickets]
        grants: [checkout, tracker-token, tracker, builds, forge, triage]
        settings: { maxTurns: 40, temperature: 0.2 }
        labels: { team: support }
        """,
        "models/main.yaml": """
        schema: sheaf/model/v1
        provider: anthropic
        model: claude-sonnet-4
        parameters: { maxOutputTokens: 8192 }
        credential: model-key
        """,
        "tools/shell.yaml": "schema: sheaf/tool/v1\npolicy: ask",
        "workflows/triage.md": "Sort the tickets.",
        "assets/style.md": "Be brief.",
    ])

    private func stored() async throws -> (AcceptedSetup, StoredWorkerSpec) {
        let accepted = try await AcceptedSetup(Self.full)
        try accepted.setup.writePolicy(PolicyDecisionTests.generous)
        let id = try WorkerID("one")
        try await accepted.runtime.createWorker(
            CreateWorkerRequest(id: id, selector: .bundleDefault, pin: accepted.second, input: ""))
        // A reader has nothing in memory that the row might lack.
        let reader = try accepted.setup.runtime(.reader)
        return (accepted, try await reader.specification(of: id))
    }

    @Test("has the whole resolved profile, and its digest is that of the profile")
    func profile() async throws {
        let (accepted, specification) = try await stored()
        let text = specification.resolvedProfile
        let profile = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let model = try #require(profile["model"] as? [String: Any])
        #expect(model["model"] as? String == "claude-sonnet-4")
        #expect((model["parameters"] as? [String: Any])?["maxOutputTokens"] as? Int == 8192)
        #expect(model["credential"] as? String == "model-key")
        #expect(profile["prompts"] as? [String: String] == ["system": "prompts/system.md"])
        #expect(profile["workflows"] as? [String] == ["workflows/triage.md"])
        #expect(profile["assets"] as? [String] == ["assets/style.md"])
        #expect(profile["tools"] as? [String: String] == ["read": "allow", "shell": "ask"])
        #expect((profile["settings"] as? [String: Any])?["maxTurns"] as? Int == 40)
        #expect(profile["labels"] as? [String: String] == ["team": "support"])
        let plugin = try #require((profile["plugins"] as? [[String: Any]])?.first)
        #expect(plugin["id"] as? String == "tickets")
        #expect(plugin["package"] as? String == "pkg:npm/%40acme/tickets@1.4.0")
        let contents = try await accepted.runtime.contents(of: accepted.second)
        let resolved = try ProfileResolver(
            documents: contents.documents, builtins: BuiltinProfiles.all
        ).resolve(.bundleDefault)
        #expect(text == resolved.canonicalJSON)
        #expect(specification.profileDigest == resolved.digest.hex)
        #expect(specification.profile == "coder")
        #expect(specification.lineage == ["reader", "coder"])
        #expect(specification.pin == accepted.second.description)
    }

    @Test("has what every grant stands for on this host, and the engine's command")
    func grants() async throws {
        let (_, specification) = try await stored()
        #expect(specification.engineCommand == ["/usr/bin/claude", "--print"])
        let grants = Dictionary(
            uniqueKeysWithValues: specification.grants.map { ($0.reference, $0) })
        let mount = try #require(grants["mount:checkout"])
        #expect(mount.path == "/srv/one" && mount.access == "write" && mount.at == "checkout")
        let token = try #require(grants["secret:tracker/api-token"])
        #expect(token.secretEnvironment == "TRACKER" && token.environment == "TRACKER_TOKEN")
        let key = try #require(grants["vault:models/main"])
        #expect(key.name == "model-key" && key.kind == "secret_ref")
        #expect(key.secretFile == "/run/key")
        #expect(grants["network:tracker"]?.allow == ["tracker.example:443"])
        #expect(grants["shell:builds"]?.allow == ["make"])
        #expect(grants["git:forge"]?.allow == ["fetch"])
        #expect(grants["capability:triage"]?.kind == "capability_grant")
        #expect(grants.count == 7)
    }

    @Test("a form that this version does not know is store_corrupt, and is named")
    func form() async throws {
        let (accepted, _) = try await stored()
        try await StoreRows(accepted.setup).run(
            "UPDATE worker SET specification = replace(specification, '/v1\"', '/v9\"')")
        let error = await failing(.storeCorrupt) {
            try await accepted.runtime.specification(of: WorkerID("one"))
        }
        #expect(error?.message.contains("sheaf/worker-specification/v9") == true)
    }
}
