import BundleModel
import Testing

@Suite("Where the fields of a profile came from")
struct FieldSourceTests {
    private static func sources(
        _ selector: String, in profiles: [String: String], builtins: [String: String] = [:]
    ) throws -> [String] {
        try ProfileTexts.resolve(selector, in: profiles, builtins: builtins).sources.map { source in
            let overrode = source.overrode.map { " < \($0)" }.joined()
            return
                "\(source.field)\(source.isRemoved ? " removed" : "") \(source.origin)\(overrode)"
        }
    }

    @Test("every field and key names its file and line, and what it replaced")
    func origins() throws {
        let sources = try Self.sources(
            "c",
            in: [
                "a":
                    "label: A\nengine: x\nsettings:\n  one: 1\n  two: 2\nprompts: { s: prompts/a.md }",
                "b": "extends: a\nlabel: B\nsettings:\n  two: null\n  three: 3\ngrants: [dir]",
                "c": "extends: b\nlabel: C\ntools:\n  shell: ask\nprompts:\n  s: prompts/b.md",
            ])
        #expect(
            sources == [
                "engine profiles/a.yaml:3",
                "grants profiles/b.yaml:7",
                "label profiles/c.yaml:3 < profiles/b.yaml:3 < profiles/a.yaml:2",
                "prompts.s profiles/c.yaml:7 < profiles/a.yaml:7",
                "settings.one profiles/a.yaml:5",
                "settings.three profiles/b.yaml:6",
                "settings.two removed profiles/b.yaml:5 < profiles/a.yaml:6",
                "tools.read tools/read.yaml:2",
                "tools.shell profiles/c.yaml:5 < tools/shell.yaml:2",
            ])
    }

    @Test("the fields of the model configuration are found in its own file")
    func model() throws {
        let sources = try Self.sources(
            "b", in: ["a": "model: fast", "b": "extends: a\nmodel: main"])
        #expect(
            sources.filter { $0.hasPrefix("model") } == [
                "model profiles/b.yaml:3 < profiles/a.yaml:2",
                "model.credential models/main.yaml:4", "model.model models/main.yaml:3",
                "model.provider models/main.yaml:2",
            ])
    }

    @Test("a builtin is named as the file of its fields")
    func builtin() throws {
        let sources = try Self.sources(
            "a", in: ["a": "extends: builtin:coder\nlabel: A"],
            builtins: ["coder": "label: B\nengine: x"])
        #expect(
            sources.filter { !$0.hasPrefix("tools") } == [
                "engine builtin:coder:3", "label profiles/a.yaml:3 < builtin:coder:2",
            ])
    }

    @Test("removing a profile's tool policy shows the tool's own again")
    func tool() throws {
        let sources = try Self.sources(
            "b",
            in: ["a": "tools: { shell: ask }", "b": "extends: a\ntools: { shell: null }"])
        #expect(sources.contains("tools.shell tools/shell.yaml:2 < profiles/a.yaml:2"))
    }

    @Test("removing what is not there leaves no trace")
    func nothing() throws {
        let sources = try Self.sources("a", in: ["a": "settings: { x: null }"])
        #expect(!sources.contains { $0.hasPrefix("settings") })
    }
}
