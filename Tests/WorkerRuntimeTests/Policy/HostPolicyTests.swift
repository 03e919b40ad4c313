import BundleModel
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("The host policy")
struct HostPolicyTests {
    private func full() throws -> HostPolicy {
        try PolicyDraft(Fixtures.bytes("policies/full.yaml")).read()
    }

    private func reference(_ text: String) throws -> DeclarationReference {
        try #require(DeclarationReference(text))
    }

    @Test("every key of a workspace is read")
    func workspaces() throws {
        let policy = try full()
        #expect(!policy.allowsBuiltin)
        #expect(
            policy.workspaces.keys.sorted().map(\.rawValue) == [
                "acme", "harbour", "kobe", "lab", "minato", "oslo", "porto", "rome",
            ])
        let acme = try policy.rule(for: WorkspaceID("acme"))
        #expect(acme.workspace.rawValue == "acme")
        #expect(acme.repository.text == "https://git.example/acme.git")
        #expect(acme.credential?.source == .file("/etc/sheaf/acme.token"))
        #expect(
            acme.bundles == .only([try BundleID("support-agents"), try BundleID("release-agents")]))
        #expect(acme.bundleRequired)
        #expect(acme.freshness?.limit == .seconds(86_400))
        #expect(acme.freshness?.whenStale == .refuseNewWorkers)
        let minato = try policy.rule(for: WorkspaceID("minato"))
        #expect(minato.credential?.source == .file("/etc/sheaf/minato-deploy-key"))
        #expect(minato.bundles == .all)
        #expect(!minato.bundleRequired)
        #expect(minato.freshness?.limit == .seconds(7 * 86_400))
        #expect(minato.freshness?.whenStale == .keep)
        let lab = try policy.rule(for: WorkspaceID("lab"))
        #expect(lab.bundles == .only([]))
        #expect(lab.freshness == nil)
    }

    @Test("every kind of grant is read with what it stands for and who gets it")
    func grants() throws {
        let grants = try full().grants
        #expect(grants.count == 10)
        func rule(_ text: String) throws -> GrantRule {
            try #require(grants[try reference(text)])
        }
        let token = try rule("secret:tracker/api-token")
        #expect(token.resource == .secretFromEnvironment("TRACKER_TOKEN"))
        #expect(token.scopes.map(\.description) == ["acme/support-agents/coder"])
        #expect(token.reference.description == "secret:tracker/api-token")
        #expect(try rule("vault:models/main").resource == .secretFromFile("/run/secrets/model-key"))
        #expect(try rule("keyring:forge").resource == .secretFromEnvironment("FORGE_TOKEN"))
        let checkout = try rule("mount:checkout")
        #expect(checkout.resource == .mount(path: "/srv/checkouts/t12", access: .write))
        #expect(
            checkout.scopes.map(\.description)
                == ["acme/support-agents/*", "minato/desk-agents/coder"])
        #expect(try rule("mount:handbook").resource == .mount(path: "/srv/handbook", access: .read))
        let tracker = ["tracker.example:443", "*.cdn.example:443"].compactMap {
            NetworkDestination($0)
        }
        #expect(try rule("network:tracker").resource == .network(allow: tracker))
        #expect(
            try rule("shell:builds").resource
                == .shell(allow: ["make", "swift build", "git status"])
        )
        #expect(try rule("git:forge").resource == .git(allow: ["fetch", "push"]))
        #expect(try rule("capability:triage").resource == .capability)
    }

    @Test("plugins and engines are read")
    func others() throws {
        let policy = try full()
        let tickets = try #require(policy.plugins[try PluginName("tickets")])
        #expect(tickets.digest.hex == String(repeating: "0123456789abcdef", count: 4))
        #expect(tickets.scopes.map(\.description) == ["acme/*"])
        #expect(policy.plugins.count == 2)
        #expect(
            policy.engines == [
                try EngineID("claude-code"): ["/usr/bin/claude", "--print", ""],
                try EngineID("local"): ["/opt/engines/local"],
            ])
    }

    @Test("a policy of one line denies everything")
    func minimal() throws {
        let policy = try PolicyDraft.policy("")
        #expect(!policy.allowsBuiltin)
        #expect(policy.workspaces.isEmpty && policy.grants.isEmpty)
        #expect(policy.plugins.isEmpty && policy.engines.isEmpty)
        let error = try #require(throws: SheafError.self) {
            try policy.rule(for: WorkspaceID("acme"))
        }
        #expect(error.code == .hostPolicyDenied)
    }

    @Test("sections without entries are empty")
    func emptySections() throws {
        let policy = try PolicyDraft.policy("workspaces:\ngrants:\nplugins: {}\nengines: null")
        #expect(policy.workspaces.isEmpty && policy.grants.isEmpty)
    }

    @Test("the digest of a policy is that of its file")
    func digest() throws {
        let text = "schema: sheaf/host-policy/v1\nbuiltin: allow\n"
        let policy = try PolicyDraft(text).read()
        #expect(policy.digest == SHA256Value(hashing: Array(text.utf8)))
        #expect(try PolicyDraft(text + "#\n").read().digest != policy.digest)
    }

    @Test(
        "lengths of time",
        arguments: [
            ("1s", 1), ("90s", 90), ("15m", 900), ("24h", 86_400), ("30d", 2_592_000),
            ("007m", 420),
        ])
    func durations(_ text: String, _ seconds: Int) throws {
        let policy = try PolicyDraft.policy(
            "workspaces: { acme: { repository: /a, freshness: { limit: \(text) } } }")
        let rule = try policy.rule(for: WorkspaceID("acme"))
        #expect(rule.freshness?.limit == .seconds(seconds))
    }

    @Test("the workspace of a bundle is found where only one serves it")
    func serving() throws {
        let policy = try PolicyDraft.policy(
            """
            workspaces:
              a: { repository: /a, bundles: [one, both] }
              b: { repository: /b, bundles: [both] }
            """)
        #expect(try policy.workspace(serving: BundleID("one")).rawValue == "a")
        let several = try #require(throws: SheafError.self) {
            try policy.workspace(serving: BundleID("both"))
        }
        #expect(several.code == .invalidRequest)
        #expect(several.message.contains("a, b"))
        let none = try #require(throws: SheafError.self) {
            try policy.workspace(serving: BundleID("other"))
        }
        #expect(none.code == .hostPolicyDenied)
    }

    @Test(
        "network destinations",
        arguments: [
            ("tracker.example:443", true), ("localhost:1", true), ("*.example:65535", true),
            ("10.0.0.1:80", true), ("[::1]:80", true), ("[2001:db8::1]:443", true),
            ("my_host:80", true), ("tracker.example", false), ("tracker.example:", false),
            (":443", false), ("*:443", false), ("*.*:443", false), ("a*.example:443", false),
            ("tracker.example:0443", false), ("tracker.example:65536", false),
            ("tracker.example:-1", false), ("tracker.example:４４３", false), ("::1:80", false),
            ("[]:80", false), ("[example]:80", false), ("-a.example:80", false),
            ("a-.example:80", false), ("a..b:80", false), ("a/b:80", false), ("a b:80", false),
            ("https://a:80", false), ("user@a:80", false),
        ])
    func destinations(_ text: String, _ isValid: Bool) {
        let destination = NetworkDestination(text)
        #expect((destination != nil) == isValid)
        if let destination { #expect(destination.description == text) }
    }

    @Test(
        "scopes cover the profiles they name and no others",
        arguments: [
            ("acme/*", "acme/support/coder", true), ("acme/*", "acme/other/coder", true),
            ("acme/*", "acme2/support/coder", false), ("acme/support/*", "acme/support/a", true),
            ("acme/support/*", "acme/support2/a", false),
            ("acme/support/coder", "acme/support/coder", true),
            ("acme/support/coder", "acme/support/coder2", false),
            ("acme/support/coder", "other/support/coder", false),
        ])
    func scopes(_ scope: String, _ subject: String, _ isCovered: Bool) throws {
        let names = subject.split(separator: "/").map(String.init)
        let subject = GrantSubject(
            workspace: try WorkspaceID(names[0]), bundle: try BundleID(names[1]),
            profile: try ProfileID(names[2]))
        let parsed = try #require(GrantScope(scope))
        #expect(parsed.covers(subject) == isCovered)
        #expect(parsed.description == scope)
    }
}
