import BundleModel
import Testing

@Suite("References and literals")
struct ReferenceFormTests {
    /// The rule that `ref:` breaks with a text, or nil.
    private static func rule(_ ref: String, kind: String = "secret_ref") -> (String, String)? {
        let text = "schema: sheaf/declaration/v1\nkind: \(kind)\nref: \(ref)\n"
        let findings = BundleFiles.design.with("policies/x.yaml", text).check().findings
        return findings.first.map { ($0.code.rawValue, $0.rule) }
    }

    @Test(
        "a reference is a scheme and a name",
        arguments: [
            "secret:a", "secret:tracker/api-token", "vault:a/b/c", "keyring:desk.example/x",
            "secret:A_b.c@d+e-f", "secret:1",
        ])
    func accepted(_ ref: String) {
        #expect(Self.rule(ref) == nil)
        #expect(DeclarationReference(ref)?.description == ref)
    }

    @Test(
        "a literal is refused, however harmless it looks",
        arguments: [
            "hunter2", "'correct horse battery staple'", "secret", "'secret:'", "'secret:a b'",
            "secret:/a", "secret:a/", "secret:a//b", "secret:../a", "secret:.a", "secret:a:b",
            "'Secret:a'", "'https://x.example/y'", "secret:a=b", "'${TOKEN}'", "\"secret:a\\n\"",
            "secret:é", "123456",
        ])
    func literal(_ ref: String) {
        let rule = Self.rule(ref)
        #expect(rule?.0 == "forbidden_content")
        #expect(rule?.1 == "literal-in-reference")
    }

    @Test(
        "an accent behind the colon is no part of it: the text is a literal",
        arguments: ["secret:\u{301}a", "secret:\u{338}a/b", "\u{301}secret:a", "secret:a\u{301}"])
    func accents(_ text: String) {
        #expect(DeclarationReference(text) == nil)
        #expect(Self.rule("'\(text)'")?.1 == "literal-in-reference")
        let name = text.replacing("secret:", with: "")
        #expect(throws: SheafError.self) { try DeclarationReference(capability: name) }
    }

    @Test("an unknown scheme is unsupported, a known one of another kind is malformed")
    func schemes() {
        #expect(Self.rule("aws:a/b")?.0 == "unsupported_declaration")
        #expect(Self.rule("mount:a")?.0 == "malformed_bundle")
        #expect(Self.rule("secret:a", kind: "shell_policy")?.1 == "scheme-of-another-kind")
        for kind in DeclarationKind.allCases {
            for scheme in ReferenceScheme.allCases {
                let isRight = kind.schemes.contains(scheme)
                #expect((Self.rule("\(scheme.rawValue):a", kind: kind.rawValue) == nil) == isRight)
            }
        }
    }

    @Test(
        "a path of a host is refused where a file of the bundle is expected",
        arguments: [
            "/" + "srv/a.md", "~/a.md", "~user/a.md", "$" + "HOME/a.md", "%APP" + "DATA%/a.md",
            "C:" + "\\a.md", "c:/a.md", "\\\\host\\a.md", "file:" + "///a.md", "FILE:a.md",
        ])
    func hostPath(_ path: String) {
        let findings = Self.prompt(path)
        #expect(findings.map(\.rule) == ["host-path-in-reference"])
        #expect(findings.map(\.code) == [.forbiddenContent])
    }

    @Test(
        "a path that leaves the bundle is refused",
        arguments: [
            "../a.md", "prompts/../../a.md", "prompts/..", "prompts/%2e%2E/a.md",
            "prompts/.%2e/a.md", "prompts\\..\\a.md", "prompts%2f..%2fa.md",
        ])
    func leaving(_ path: String) {
        let findings = Self.prompt(path)
        #expect(findings.map(\.rule) == ["path-leaves-bundle"])
        #expect(findings.map(\.code) == [.forbiddenContent])
    }

    private static func prompt(_ path: String) -> [Finding] {
        BundleFiles.design.with(
            "profiles/x.yaml",
            "schema: sheaf/profile/v1\nprompts: { system: '\(path)' }\n"
        ).check().findings
    }
}
