import BundleModel
import Testing

@Suite("The models and tools of imported agents")
struct ImportedPolicyTests {
    private func tools(_ bundle: ImportedBundle, _ id: String) throws -> [String: String] {
        let entries = try bundle.profile(id)?.tools ?? [:]
        return Dictionary(
            uniqueKeysWithValues: entries.map {
                ($0.key.rawValue, $0.value.value?.rawValue ?? "null")
            })
    }

    private func agent(_ head: String, name: String = "a") -> String {
        "---\nname: \(name)\n\(head)\n---\nPrompt.\n"
    }

    @Test(
        "a list of tools allows what it names",
        arguments: [
            "tools: Read, Bash", "tools: Read,Bash", "tools: Read Bash", "tools: [Read, Bash]",
            "tools: [\"Read\", 'Bash']", "tools:\n- Read\n- Bash", "tools:\n  - Read\n  - Bash",
            "tools: \"Read, Bash\"", "tools: >-\n  Read,\n  Bash", "tools: Read, Bash, Read,",
        ])
    func lists(head: String) throws {
        let bundle = try ImportedBundle(["a.md": agent(head)])
        #expect(bundle.check.findings == [])
        #expect(bundle.result.notes == [])
        #expect(try tools(bundle, "a") == ["Read": "allow", "Bash": "allow"])
        #expect(bundle.check.documents?.tools.values.map(\.policy.value) == [.ask, .ask])
    }

    @Test("a list denies the tools that other agents name; no list leaves them to be asked for")
    func exclusive() throws {
        let bundle = try ImportedBundle([
            "a.md": agent("tools: Read, mcp__tickets__search"),
            "b.md": agent("tools: []", name: "b"), "c.md": agent("model: inherit", name: "c"),
            "d.md": agent("tools: '*'", name: "d"), "e.md": agent("tools: All tools", name: "e"),
        ])
        #expect(bundle.check.findings == [])
        #expect(
            try tools(bundle, "a") == ["Read": "allow", "mcp__tickets__search": "allow"])
        #expect(try tools(bundle, "b") == ["Read": "deny", "mcp__tickets__search": "deny"])
        for id in ["c", "d", "e"] { #expect(try tools(bundle, id) == [:]) }
        #expect(bundle.result.notes == [])
    }

    @Test("an empty list says so where no agent names a tool")
    func nothingToDeny() throws {
        let bundle = try ImportedBundle(["a.md": agent("tools: []")])
        #expect(bundle.check.findings == [])
        #expect(bundle.result.notes.map(\.kind) == [.assumed])
    }

    @Test("a pattern becomes a question, what is no name gets a note")
    func patterns() throws {
        let bundle = try ImportedBundle([
            "a.md": agent("tools: Bash(git diff:*, git log:*), Read, mcp__x__*, a/b")
        ])
        #expect(try tools(bundle, "a") == ["Bash": "ask", "Read": "allow"])
        #expect(bundle.result.notes.map(\.kind) == [.assumed, .leftOut, .leftOut])
        #expect(bundle.result.notes.map(\.line) == [3, 3, 3])
    }

    @Test("tools that are switched on and off, and tools that are disallowed")
    func switches() throws {
        let bundle = try ImportedBundle([
            "a.md": agent("tools:\n  write: false\n  read: true\n  odd: 3"),
            "b.md": agent("disallowedTools: Bash, read", name: "b"),
        ])
        #expect(try tools(bundle, "a") == ["write": "deny", "read": "allow"])
        #expect(try tools(bundle, "b") == ["Bash": "deny", "read": "deny"])
        #expect(bundle.result.unmapped.map(\.what) == ["the tool 'odd'"])
    }

    @Test("a tool whose name cannot be a file's is stated by the profiles alone")
    func toolsWithoutFiles() throws {
        let bundle = try ImportedBundle(["a.md": agent("tools: mcp:search, Read, read, nul")])
        #expect(bundle.check.findings == [])
        #expect(
            try tools(bundle, "a") == [
                "mcp:search": "allow", "Read": "allow", "read": "allow", "nul": "allow",
            ])
        #expect(bundle.check.documents?.tools.keys.map(\.rawValue) == ["Read"])
        #expect(bundle.result.notes.count { $0.kind == .assumed } == 3)
    }

    @Test(
        "a model becomes a file of its own",
        arguments: [
            ("sonnet", "sonnet", "anthropic", "sonnet"),
            ("claude-opus-4-20250514", "claude-opus-4-20250514", "anthropic", nil),
            ("openai/gpt-5", "openai-gpt-5", "openai", "gpt-5"),
            ("gpt-5", "gpt-5", "openai", "gpt-5"),
            ("gemini-2.5-pro", "gemini-2.5-pro", "google", nil),
            ("Sonnet[1m]", "sonnet-1m", "anthropic", "Sonnet[1m]"),
        ] as [(String, String, String, String?)])
    func models(text: String, name: String, provider: String, model: String?) throws {
        let bundle = try ImportedBundle(["a.md": agent("model: \"\(text)\"")])
        #expect(bundle.check.findings == [])
        #expect(bundle.result.notes == [])
        #expect(try bundle.profile("a")?.model?.value.rawValue == name)
        let document = try #require(bundle.check.documents?.models.values.first)
        #expect(document.name.rawValue == name)
        #expect(document.provider == provider)
        #expect(document.model == model ?? text)
    }

    @Test("inherit is what a profile without a model says")
    func inherit() throws {
        let bundle = try ImportedBundle(["a.md": agent("model: inherit")])
        #expect(try bundle.profile("a")?.model == nil)
        #expect(bundle.result.notes == [])
        #expect(bundle.check.documents?.models == [:])
    }

    @Test("models that differ in case alone keep their own files")
    func similarModels() throws {
        let bundle = try ImportedBundle([
            "a.md": agent("model: Opus"), "b.md": agent("model: opus", name: "b"),
            "c.md": agent("model: モデル", name: "c"),
        ])
        #expect(bundle.check.findings == [])
        #expect(bundle.check.documents?.models.count == 3)
        #expect(
            bundle.check.documents?.models.values.map(\.model).sorted() == ["Opus", "opus", "モデル"])
        // Nothing says whose the third is.
        #expect(bundle.result.notes.map(\.kind) == [.assumed])
    }

    @Test("a colour becomes a label, a title the label of the profile")
    func labels() throws {
        let bundle = try ImportedBundle([
            "a.md": agent("color: \"#ff0000\"\ntitle: The First\ntemperature: 0.2")
        ])
        let profile = try #require(try bundle.profile("a"))
        #expect(profile.labels["color"]?.value == "#ff0000")
        #expect(profile.label?.value == "The First")
        #expect(profile.settings["temperature"]?.value == .number(0.2))
        #expect(bundle.check.findings == [])
        #expect(bundle.result.notes == [])
    }
}
