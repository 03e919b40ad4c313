import BundleModel
import Testing

@Suite("The explanation of a profile")
struct ExplainedFieldTests {
    @Test("every field has the value that the resolved profile has")
    func values() throws {
        let profile = try ProfileTexts.resolve(
            "b",
            in: [
                "a": """
                label: A
                engine: x
                model: main
                prompts: { s: prompts/a.md, t: prompts/b.md }
                settings: { n: 1, f: 0.5, b: true, l: [a, 2], gone: x }
                """,
                "b": """
                extends: a
                label: B
                prompts: { t: null }
                settings: { gone: null }
                tools: { mcp__a.b:c: ask }
                labels: { team: one }
                """,
            ])
        let values = Dictionary(
            profile.explanation.map { ($0.source.field, $0.value?.description) },
            uniquingKeysWith: { first, _ in first })
        #expect(
            values == [
                "label": "B", "engine": "x", "model": "main", "prompts.s": "prompts/a.md",
                "prompts.t": nil, "settings.n": "1", "settings.f": "0.5", "settings.b": "true",
                "settings.l": "[a, 2]", "settings.gone": nil, "tools.mcp__a.b:c": "ask",
                "labels.team": "one", "model.provider": "p", "model.model": "m",
                "model.credential": "key",
                "tools.read": "allow", "tools.shell": "deny",
            ])
    }

    @Test("only what null removed has no value")
    func everyFieldHasAValue() throws {
        let profile = try ProfileTexts.resolve(
            "a",
            in: [
                "a": """
                extends: builtin:coder
                description: D
                workflows: []
                plugins: []
                grants: []
                assets: []
                engine: x
                """
            ], builtins: ["coder": "label: B\nlabels: { x: y }"])
        for field in profile.explanation {
            #expect((field.value == nil) == field.source.isRemoved, "\(field.source.field)")
        }
        #expect(profile.explanation.map(\.source) == profile.sources)
    }
}
