import BundleModel
import Testing

@Suite("Following extends")
struct ExtendsTests {
    @Test(
        "maps merge by key, null removes a key, scalars and lists replace",
        arguments: [
            // parent, child, what the child has at a field
            ("label: A", "description: B", "label", "A"),
            ("label: A", "label: B", "label", "B"),
            ("engine: one", "engine: two", "engine", "two"),
            ("model: main", "model: fast", "model", "fast"),
            ("model: main", "", "model", "main"),
            (
                "prompts: { x: prompts/a.md }", "prompts: { y: prompts/b.md }", "prompts",
                "x=prompts/a.md y=prompts/b.md"
            ),
            (
                "prompts: { x: prompts/a.md }", "prompts: { x: prompts/b.md }", "prompts",
                "x=prompts/b.md"
            ),
            (
                "prompts: { x: prompts/a.md, y: prompts/b.md }", "prompts: { x: null }", "prompts",
                "y=prompts/b.md"
            ),
            ("prompts: { x: prompts/a.md }", "prompts: { x: ~ }", "prompts", ""),
            ("prompts: { x: prompts/a.md }", "prompts:\n  x:", "prompts", ""),
            ("prompts: { x: prompts/a.md }", "prompts: {}", "prompts", "x=prompts/a.md"),
            (
                "settings: { a: 1, b: 2 }", "settings: { b: [x], c: true }", "settings",
                "a=1 b=[x] c=true"
            ),
            ("settings: { a: [1, 2] }", "settings: { a: [3] }", "settings", "a=[3]"),
            ("settings: { a: 1 }", "settings: { a: null, z: null }", "settings", ""),
            ("settings: { a: 1 }", "settings: { a: \"null\" }", "settings", "a=null"),
            ("labels: { a: x }", "labels: { a: \"\", b: y }", "labels", "a= b=y"),
            ("labels: { a: x }", "labels: { a: null }", "labels", ""),
            (
                "workflows: [workflows/a.md]", "workflows: [workflows/b.md]", "workflows",
                "workflows/b.md"
            ),
            ("workflows: [workflows/a.md]", "workflows: []", "workflows", ""),
            ("assets: [assets/a]", "", "assets", "assets/a"),
            ("assets: [assets/a, assets/b]", "assets: [assets/b]", "assets", "assets/b"),
            ("grants: [dir]", "grants: [net]", "grants", "net"),
            ("plugins: [tickets]", "plugins: []", "plugins", ""),
            ("plugins: [tickets]", "", "plugins", "tickets"),
            (
                "tools: { edit: allow }", "tools: { edit: ask }", "tools",
                "edit=ask read=allow shell=deny"
            ),
            ("tools: { shell: ask }", "", "tools", "read=allow shell=ask"),
            ("tools: { shell: ask }", "tools: { shell: null }", "tools", "read=allow shell=deny"),
            ("tools: { edit: allow }", "tools: { edit: null }", "tools", "read=allow shell=deny"),
        ])
    func merge(_ parent: String, _ child: String, _ field: String, _ expected: String) throws {
        let profile = try ProfileTexts.resolve(
            "child", in: ["parent": parent, "child": "extends: parent\n\(child)"])
        #expect(Self.text(field, of: profile) == expected)
    }

    @Test("the root comes first, and the nearest value stays")
    func chain() throws {
        let profiles = [
            "a": "label: A\nsettings: { a: 1, b: 1, c: 1, d: 1 }",
            "b": "extends: a\nsettings: { b: 2, c: 2, d: null }",
            "c": "extends: b\nsettings: { c: 3 }",
            "d": "extends: c\nsettings: { d: 4 }",
        ]
        let profile = try ProfileTexts.resolve("d", in: profiles)
        #expect(profile.lineage.map(\.description) == ["a", "b", "c", "d"])
        #expect(Self.text("settings", of: profile) == "a=1 b=2 c=3 d=4")
        #expect(profile.label == "A")
    }

    @Test("a builtin is a parent when it is named, and its own parents are builtins")
    func builtinParent() throws {
        let profile = try ProfileTexts.resolve(
            "coder",
            in: ["coder": "extends: builtin:coder\nsettings: { c: 3 }", "base": "label: bundle"],
            builtins: [
                "coder": "extends: base\nsettings: { b: 2 }",
                "base": "label: runtime\nsettings: { a: 1 }",
            ])
        #expect(
            profile.lineage.map(\.description) == ["builtin:base", "builtin:coder", "coder"])
        #expect(profile.label == "runtime")
        #expect(Self.text("settings", of: profile) == "a=1 b=2 c=3")
    }

    @Test("declarations are those of the profile, its model and its plugins, once each")
    func declarations() throws {
        let profile = try ProfileTexts.resolve(
            "a", in: ["a": "model: main\nplugins: [tickets]\ngrants: [net, dir]"])
        #expect(profile.declarations.map(\.name.rawValue) == ["dir", "key", "net"])
        #expect(profile.grants.map(\.rawValue) == ["net", "dir"])
    }

    private static func text(_ field: String, of profile: ResolvedProfile) -> String {
        func map(_ entries: [String: String]) -> String {
            entries.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ")
        }
        return switch field {
        case "label": profile.label ?? ""
        case "engine": profile.engine?.rawValue ?? ""
        case "model": profile.model?.name.rawValue ?? ""
        case "prompts": map(profile.prompts.mapValues(\.text))
        case "settings": map(profile.settings.mapValues(text))
        case "labels": map(profile.labels)
        case "workflows": profile.workflows.map(\.text).joined(separator: " ")
        case "assets": profile.assets.map(\.text).joined(separator: " ")
        case "grants": profile.grants.map(\.rawValue).joined(separator: " ")
        case "plugins": profile.plugins.map(\.name.rawValue).joined(separator: " ")
        default:
            map(
                Dictionary(
                    uniqueKeysWithValues: profile.tools.map { ($0.key.rawValue, $0.value.rawValue) }
                ))
        }
    }

    private static func text(_ value: SettingValue) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .bool(let flag): String(flag)
        case .list(let values): "[\(values.map(text).joined(separator: ","))]"
        }
    }
}
