import BundleModel
import Testing

@Suite("What documents say")
struct DocumentFieldTests {
    private static func documents() throws -> BundleDocuments {
        try BundleFixture("bundles/support-agents").load().check().get(subject: "the bundle")
    }

    @Test("a manifest has its ids, language, default and labels")
    func manifest() throws {
        let manifest = try Self.documents().manifest
        #expect(manifest.schema == "sheaf/bundle/v1")
        #expect(manifest.workspace.rawValue == "acme")
        #expect(manifest.bundle.rawValue == "support-agents")
        #expect(manifest.description == "Agents of the support desk")
        #expect(manifest.language == "en")
        #expect(manifest.defaultProfile?.value.rawValue == "coder")
        #expect(manifest.labels == ["team": "support", "acme.example/on-call": "desk"])
    }

    @Test("a profile has its fields with their places")
    func profile() throws {
        let profile = try #require(try Self.documents().profiles[ProfileID("reviewer")])
        #expect(profile.extends?.description == "coder")
        #expect(profile.extends?.mark == SourceMark(line: 3, column: 1))
        #expect(profile.prompts["system"]?.value?.text == "prompts/shared/review.md")
        #expect(profile.prompts["commit"]?.value == .some(nil))
        #expect(profile.prompts["commit"]?.mark == SourceMark(line: 8, column: 3))
        #expect(profile.workflows?.value == [])
        #expect(profile.assets == nil)
        #expect(
            profile.grants?.value.map(\.value.rawValue) == ["handbook", "tracker", "tracker-token"])
        #expect(profile.settings["allowedLanguages"]?.value == .some(nil))
        #expect(profile.settings["maxTurns"]?.value == .integer(12))
    }

    @Test("a model has its provider, parameters and the name of its credential")
    func model() throws {
        let model = try #require(try Self.documents().models[ModelName("fast")])
        #expect(model.provider == "anthropic")
        #expect(model.model == "claude-haiku-4")
        #expect(
            model.parameters == [
                "maxOutputTokens": .integer(2048), "stopSequences": .list([.string("</answer>")]),
            ])
        #expect(model.credential?.value.rawValue == "model-key")
    }

    @Test("a plugin has its version as text, its package and its digest, with or without prefix")
    func plugin() throws {
        let documents = try Self.documents()
        let tickets = try #require(documents.plugins[PluginName("tickets")])
        #expect(tickets.version == "1.10")
        #expect(tickets.package == "pkg:npm/%40acme/tickets-mcp@1.10")
        #expect(tickets.sha256 == SHA256Value(hashing: Array("acme tickets 1.10".utf8)))
        let knowledge = try #require(documents.plugins[PluginName("knowledge")])
        #expect(knowledge.sha256 == SHA256Value(hashing: Array("acme knowledge 2024.06.1".utf8)))
    }

    @Test("a declaration has kind, reference, exposure and access")
    func declaration() throws {
        let documents = try Self.documents()
        let token = try #require(documents.declarations[DeclarationName("tracker-token")])
        #expect(token.kind == .secretRef)
        #expect(token.ref.scheme == .secret)
        #expect(token.ref.token == "tracker/api-token")
        #expect(token.required)
        #expect(token.expose == .env("TRACKER_TOKEN"))
        #expect(token.access == nil)
        let checkout = try #require(documents.declarations[DeclarationName("checkout")])
        #expect(checkout.expose == .at(try BundlePath("checkout")))
        #expect(checkout.access == .write)
        let index = try #require(documents.declarations[DeclarationName("full-text-index")])
        #expect(!index.required)
        #expect(index.purpose == "faster search where the host offers it")
    }

    @Test("a workflow has its steps in order")
    func workflow() throws {
        let path = try BundlePath("workflows/refund.yaml")
        let workflow = try #require(try Self.documents().workflows[path])
        #expect(workflow.steps.map(\.id.rawValue) == ["look-up", "draft", "approve", "hand-on"])
        #expect(workflow.steps[1].needs.map(\.value.rawValue) == ["look-up"])
        #expect(workflow.steps[0].instructions?.contains("\n") == true)
        #expect(workflow.steps[3].prompt?.text == "prompts/escalation/system.md")
    }

    @Test("a tool has its policy and its plugin")
    func tool() throws {
        let documents = try Self.documents()
        #expect(documents.tools[ToolName("shell")!]?.policy.value == .deny)
        #expect(documents.tools[ToolName("mcp__tickets__label")!]?.plugin?.rawValue == "tickets")
    }
}
