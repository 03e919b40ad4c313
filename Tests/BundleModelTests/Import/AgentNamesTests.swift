import BundleModel
import Testing

@Suite("The names of imported agents")
struct AgentNamesTests {
    private func agent(_ name: String) -> String { "---\nname: \(name)\n---\nPrompt.\n" }

    @Test(
        "a name is brought into the grammar of ids",
        arguments: [
            ("coder", "coder"), ("Code Reviewer", "code-reviewer"), ("C++ Pro", "c-pro"),
            ("Élodie's agent", "elodie-s-agent"), ("a/b", "a-b"), ("..a..b..", "a.b"),
            ("ＡＢＣ", "abc"), ("  spaced  ", "spaced"), ("snake_case", "snake_case"),
            ("123", "123-agent"), ("con", "con-agent"), ("x.lock", "x-lock"), ("my.git", "my-git"),
            ("a--b", "a-b"), ("-x-", "x"), ("が行 test", "test"),
        ])
    func normalised(name: String, id: String) throws {
        let bundle = try ImportedBundle(["file.md": agent("\"\(name)\"")])
        #expect(bundle.result.profiles.map(\.rawValue) == [id])
        #expect(bundle.check.findings == [])
        let label = try bundle.profile(id)?.label?.value
        #expect(label == (name == id ? nil : name))
        #expect(bundle.result.notes.map(\.kind) == (name == id ? [] : [.renamed]))
    }

    @Test("a name of 200 letters is cut to the length of an id")
    func long() throws {
        let bundle = try ImportedBundle(["f.md": agent(String(repeating: "ab-", count: 70))])
        #expect(bundle.result.profiles.first?.rawValue.utf8.count == 64)
        #expect(bundle.check.findings == [])
    }

    @Test("without a name the file gives it; without letters the path does")
    func fallbacks() throws {
        let bundle = try ImportedBundle([
            "a/from-file.md": "---\ndescription: d\n---\nx",
            "b/日本.md": agent("日本"), "c/日本.md": agent("日本"),
        ])
        #expect(
            bundle.result.profiles.map(\.rawValue) == ["b", "c", "from-file"])
        let top = try ImportedBundle(["日本.md": agent("日本")])
        let id = try #require(top.result.profiles.first?.rawValue)
        #expect(id.hasPrefix("agent-") && id.count == 14)
        #expect(try top.profile(id)?.label?.value == "日本")
    }

    @Test("agents that share a name are all named after their paths")
    func shared() throws {
        let bundle = try ImportedBundle([
            "plugins/api/agents/architect.md": agent("architect"),
            "plugins/web/agents/architect.md": agent("architect"),
            "web-architect.md": agent("web-architect"),
        ])
        #expect(bundle.check.findings == [])
        let names = bundle.result.profiles.map(\.rawValue)
        #expect(names.contains("api-architect"))
        // The file at the top wants the name that the plugin's agent moved on to: both move on.
        #expect(!names.contains("architect"))
        #expect(!names.contains("web-architect"))
        #expect(Set(names).count == 3)
        #expect(bundle.result.notes.count { $0.kind == .renamed } == 3)
    }

    @Test("a thousand agents of one name in one directory each get an id")
    func crowd() throws {
        var files: [String: String] = [:]
        for index in 0..<1_000 { files["\(index)%.md"] = agent("same") }
        let bundle = try ImportedBundle(files)
        #expect(Set(bundle.result.profiles).count == 1_000)
        #expect(bundle.check.findings == [])
    }
}
