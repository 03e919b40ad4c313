import BundleModel
import Testing

/// A finding shows at most four characters of what it found, whatever the author put where.
@Suite("What findings disclose")
struct DisclosureTests {
    private static let canary = "Zq7#Canary 9Value"
    private static let nameLike = "zq7canary9value"

    private static let documents: [(String, String)] = [
        ("bundle.yaml", "schema: S\nworkspace: V\nbundle: V\nlanguage: V\ndefaultProfile: V\n"),
        ("bundle.yaml", "schema: V\n"),
        ("profiles/x.yaml", "schema: S\nextends: V\nengine: V\nmodel: V\n"),
        ("profiles/x.yaml", "schema: S\nprompts: { system: V }\nworkflows: [V]\nassets: [V]\n"),
        ("profiles/x.yaml", "schema: S\ntools: { shell: V, V: ask }\nplugins: [V]\ngrants: [V]\n"),
        ("profiles/x.yaml", "schema: S\nsettings: { V: 1 }\nlabels: { V: 1 }\nV: 1\n"),
        ("profiles/x.yaml", "schema: S\nsettings:\n  V: 1\n  V: 2\n"),
        ("profiles/x.yaml", "schema: S\nlabel: &V a\ndescription: *V\n"),
        ("profiles/x.yaml", "schema: S\nlabel: !V a\nV\n"),
        ("profiles/x.yaml", "schema: S\nlabel: V: V\n"),
        ("models/x.yaml", "schema: S\nprovider: [V]\nmodel: { V: V }\ncredential: V\n"),
        ("policies/x.yaml", "schema: S\nkind: V\nref: V\nrequired: V\nexpose: { V: V }\n"),
        ("policies/x.yaml", "schema: S\nkind: secret_ref\nref: V\nexpose: { env: V }\naccess: V\n"),
        ("policies/x.yaml", "schema: S\nkind: mount_grant\nref: secret:V\nexpose: { at: V }\n"),
        ("plugins/x.yaml", "schema: S\nid: V\nversion: V\npackage: V\nsha256: V\ngrants: [V]\n"),
        ("tools/x.yaml", "schema: S\npolicy: V\nplugin: V\n"),
        ("workflows/x.yaml", "schema: S\nsteps:\n  - id: V\n    prompt: V\n    needs: [V]\n"),
    ]

    @Test("no finding repeats a value or an odd key", arguments: documents, ["plain", "quoted"])
    func values(_ document: (path: String, text: String), _ style: String) throws {
        let kind = try #require(
            [
                "bundle.yaml": "bundle", "profiles/x.yaml": "profile", "models/x.yaml": "model",
                "policies/x.yaml": "declaration", "plugins/x.yaml": "plugin",
                "tools/x.yaml": "tool", "workflows/x.yaml": "workflow",
            ][document.path])
        let value = style == "plain" ? "Zq7Canary/9Value=" : "\"\(Self.canary)\""
        let text = document.text.replacing("schema: S", with: "schema: sheaf/\(kind)/v1")
            .replacing("V", with: value)
        let findings = BundleFiles.design.with(document.path, text).check().findings
        #expect(!findings.isEmpty)
        for finding in findings {
            let shown = "\(finding.message) \(finding.hint ?? "")".lowercased()
            #expect(!shown.contains("zq7#c") && !shown.contains("zq7ca"))
        }
    }

    @Test("a name that an author chose for a label or parameter is not repeated either")
    func names() {
        let key = Self.nameLike + "0123456789"
        for (path, text) in [
            ("bundle.yaml", "schema: sheaf/bundle/v1\nlabels: { \(key): }\n"),
            (
                "models/x.yaml",
                "schema: sheaf/model/v1\nprovider: a\nmodel: b\nparameters: { \(key): }\n"
            ),
        ] {
            let findings = BundleFiles.design.with(path, text).check().findings
            #expect(findings.contains { $0.rule == "wrong-type" })
            #expect(findings.allSatisfy { !$0.message.contains("zq7ca") })
        }
    }

    @Test("a reserved name of an environment variable is not repeated behind its beginning")
    func environment() {
        let findings = BundleFiles.design.with(
            "policies/x.yaml",
            "schema: sheaf/declaration/v1\nkind: secret_ref\nref: secret:a\n"
                + "expose: { env: GIT_\(Self.nameLike) }\n"
        ).check().findings
        #expect(findings.map(\.rule) == ["reserved-environment-name"])
        #expect(findings.allSatisfy { !$0.message.contains("zq7") })
    }

    @Test("a credential that has the form of a name is not repeated either")
    func credential() {
        let findings = BundleFiles.design.with(
            "models/main.yaml",
            """
            schema: sheaf/model/v1
            provider: a
            model: b
            credential: \(Self.nameLike)
            """
        ).check().findings
        #expect(findings.map(\.rule) == ["literal-in-reference"])
        #expect(findings.map(\.code) == [.forbiddenContent])
        for finding in findings {
            #expect(!"\(finding.message) \(finding.hint ?? "")".contains("zq7ca"))
        }
    }
}
