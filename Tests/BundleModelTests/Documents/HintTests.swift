import BundleModel
import Testing

@Suite("What findings tell an author to do")
struct HintTests {
    @Test(
        "a name that is nearly right is suggested",
        arguments: [
            ("profiles/x.yaml", "lable: A", "did you mean 'label'?"),
            ("profiles/x.yaml", "promts: {}", "did you mean 'prompts'?"),
            ("profiles/x.yaml", "Tools: {}", "did you mean 'tools'?"),
            ("profiles/x.yaml", "tools: { read: alow }", "did you mean 'allow'?"),
            ("profiles/x.yaml", "model: mian", "did you mean 'main'?"),
            ("profiles/x.yaml", "extends: bsae", "did you mean 'base'?"),
            ("profiles/x.yaml", "grants: [checkuot]", "did you mean 'checkout'?"),
            (
                "profiles/x.yaml", "prompts: { s: prompts/coder/System.md }",
                "did you mean 'prompts/coder/system.md'?"
            ),
            ("policies/x.yaml", "kind: secret_reff\nref: secret:a", "did you mean 'secret_ref'?"),
            ("policies/x.yaml", "kind: secret_ref\nref: vualt:a", "did you mean 'vault'?"),
            ("profile/x.yaml", "", "did you mean 'profiles'?"),
            ("profiles/x.yml", "", "rename it to 'x.yaml'"),
            ("Licence", "", "did you mean 'LICENSE'?"),
        ])
    func suggestion(_ path: String, _ text: String, _ hint: String) {
        let schema = path.hasPrefix("policies") ? "declaration" : "profile"
        let findings = BundleFiles.design
            .with(path, "schema: sheaf/\(schema)/v1\n\(text)\n").check().findings
        #expect(findings.map(\.hint) == [hint])
    }

    @Test("nothing is suggested when nothing is near")
    func distant() {
        let findings = BundleFiles.design
            .with("profiles/x.yaml", "schema: sheaf/profile/v1\nwatermelon: 1\n").check().findings
        #expect(findings.map { $0.hint?.hasPrefix("supported keys: schema, extends") } == [true])
    }

    @Test("a schema of another version is refused without a word about its keys")
    func schema() {
        let findings = BundleFiles.design
            .with("profiles/x.yaml", "schema: sheaf/profile/v9\nnew: 1\nmodel: none\n").check()
            .findings
        #expect(findings.map(\.rule) == ["unknown-schema"])
        #expect(findings.map(\.hint) == ["write 'schema: sheaf/profile/v1' in this file"])
    }
}
