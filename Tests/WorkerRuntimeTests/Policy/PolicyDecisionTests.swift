import BundleModel
import TestSupport
import Testing
import WorkerRuntime

@Suite("What the host policy decides")
struct PolicyDecisionTests {
    /// The policy that grants everything that ``SampleBundle/asking`` asks for.
    static let generous = """
        grants:
          "mount:checkout": { path: /srv/one, access: write, to: ["acme/support-agents/*"] }
          "secret:tracker/api-token": { env: TRACKER, to: ["acme/*"] }
          "vault:models/main": { file: /run/key, to: ["acme/support-agents/coder"] }
          "network:tracker": { allow: ["tracker.example:443"], to: ["acme/*"] }
          "shell:builds": { allow: [make], to: ["acme/*"] }
          "git:forge": { allow: [fetch], to: ["acme/*"] }
          "capability:triage": { to: ["acme/*"] }
        plugins:
          tickets:
            digest: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            to: ["acme/*"]
        engines: { claude-code: { command: [/usr/bin/claude, --print] } }
        """

    private func decide(
        _ policy: String, _ bundle: SampleBundle = .asking, profile: String = "coder",
        requiring capabilities: [String] = []
    ) throws -> PolicyDecision {
        let checked = BundleCheck.run(
            entries: bundle.files.map { (name: Array($0.key.utf8), size: $0.value.count) },
            read: { bundle.files[$0.text] ?? [] })
        let documents = try checked.get(subject: "the bundle")
        let name = try ProfileID(profile)
        let resolver = ProfileResolver(documents: documents, builtins: BuiltinProfiles.all)
        return try PolicyDraft.policy(policy).decide(
            resolver.resolve(.named(name)),
            for: GrantSubject(
                workspace: documents.manifest.workspace, bundle: documents.manifest.bundle,
                profile: name),
            requiring: capabilities.map { try DeclarationReference(capability: $0) })
    }

    private func reasons(_ grants: [DeniedGrant]) -> [String] {
        grants.map { "\($0.subject) \($0.reason.rawValue)" }
    }

    @Test("a policy without grants denies every grant, and lists every one with its reason")
    func defaultDeny() throws {
        let decision = try decide("builtin: allow")
        #expect(decision.granted.isEmpty)
        #expect(decision.engineCommand == nil)
        #expect(
            reasons(decision.denied) == [
                "shell:builds not_granted", "mount:checkout not_granted", "git:forge not_granted",
                "vault:models/main not_granted", "network:tracker not_granted",
                "capability:triage not_granted", "plugin:tickets not_granted",
                "engine:claude-code unknown_engine",
            ])
        #expect(reasons(decision.dropped) == ["secret:tracker/api-token not_granted"])
        let error = try #require(throws: SheafError.self) {
            try decision.requireAllowed("'acme/support-agents/coder'")
        }
        #expect(error.code == .hostPolicyDenied)
        #expect(error.findings.count == 8)
        for grant in decision.denied {
            #expect(
                error.findings.contains {
                    $0.rule == grant.reason.rawValue && $0.message.contains(grant.subject)
                })
        }
    }

    @Test("everything that is asked for can be granted, and the engine has its command")
    func allowed() throws {
        let decision = try decide(Self.generous)
        #expect(decision.denied.isEmpty && decision.dropped.isEmpty)
        #expect(decision.engineCommand == ["/usr/bin/claude", "--print"])
        #expect(
            decision.granted.map(\.declaration.name.rawValue) == [
                "builds", "checkout", "forge", "model-key", "tracker", "tracker-token", "triage",
            ])
        #expect(
            decision.granted.map(\.rule.resource)
                .contains(.mount(path: "/srv/one", access: .write)))
        try decision.requireAllowed("it")
    }

    @Test("what is granted to others is out of scope")
    func outOfScope() throws {
        let policy = Self.generous.replacing("acme/support-agents/coder", with: "acme/other/coder")
            .replacing("acme/support-agents/*", with: "acme/support-agents/reader")
            .replacing("to: [\"acme/*\"] }\nengines", with: "to: [\"lab/*\"] }\nengines")
        let decision = try decide(policy)
        #expect(
            reasons(decision.denied)
                == ["mount:checkout out_of_scope", "vault:models/main out_of_scope"])
        #expect(decision.denied.first?.message.contains("acme/support-agents/coder") == true)
        #expect(decision.denied.first?.declaration == "checkout")
        let plugin = try decide(
            Self.generous.replacing(
                "            to: [\"acme/*\"]", with: "            to: [\"lab/*\"]"
            )
            .replacing("    to: [\"acme/*\"]\nengines", with: "    to: [\"lab/*\"]\nengines"))
        #expect(reasons(plugin.denied) == ["plugin:tickets out_of_scope"])
    }

    @Test("a mount that is granted for reading is not given for writing")
    func accessExceeded() throws {
        let policy = Self.generous.replacing("access: write", with: "access: read")
        #expect(reasons(try decide(policy).denied) == ["mount:checkout access_exceeded"])
        let byDefault = Self.generous.replacing(" access: write,", with: "")
        #expect(reasons(try decide(byDefault).denied) == ["mount:checkout access_exceeded"])
    }

    @Test("a mount that is granted for writing is given for reading too")
    func readOfWritable() throws {
        let bundle = SampleBundle.asking.with([
            "policies/checkout.yaml": """
            schema: sheaf/declaration/v1
            kind: mount_grant
            ref: mount:checkout
            """
        ])
        #expect(try decide(Self.generous, bundle).denied.isEmpty)
    }

    @Test("another package of a plugin is refused by its digest")
    func digestDiffers() throws {
        let policy = Self.generous.replacing("digest: 0123", with: "digest: ffff")
        #expect(reasons(try decide(policy).denied) == ["plugin:tickets digest_differs"])
    }

    @Test("another version of a plugin is refused where the policy names one")
    func versionDiffers() throws {
        let named = { (version: String) in
            Self.generous.replacing(
                "    digest: 0123", with: "    version: \"\(version)\"\n    digest: 0123")
        }
        #expect(reasons(try decide(named("9.9.9")).denied) == ["plugin:tickets version_differs"])
        #expect(try decide(named("1.4.0")).denied.isEmpty)
    }

    @Test("an engine that the policy does not have is refused")
    func unknownEngine() throws {
        let policy = Self.generous.replacing("claude-code", with: "other")
        let decision = try decide(policy)
        #expect(reasons(decision.denied) == ["engine:claude-code unknown_engine"])
        #expect(decision.engineCommand == nil)
    }

    @Test("an optional grant that is denied is dropped and reported, whatever the reason")
    func dropped() throws {
        for (from, to, reason) in [
            ("\"secret:tracker/api-token\"", "\"secret:other\"", "not_granted"),
            ("env: TRACKER, to: [\"acme/*\"]", "env: TRACKER, to: [\"lab/*\"]", "out_of_scope"),
        ] {
            let decision = try decide(Self.generous.replacing(from, with: to))
            #expect(decision.denied.isEmpty)
            #expect(reasons(decision.dropped) == ["secret:tracker/api-token \(reason)"])
            #expect(decision.dropped.first?.declaration == "tracker-token")
            #expect(!decision.granted.contains { $0.declaration.name.rawValue == "tracker-token" })
            try decision.requireAllowed("it")
        }
    }

    @Test("a profile that asks for nothing needs no grant")
    func nothing() throws {
        let decision = try decide("builtin: deny", profile: "reader")
        #expect(decision.granted.isEmpty && decision.denied.isEmpty && decision.dropped.isEmpty)
    }

    @Test(
        "a required capability must be among those granted",
        arguments: [
            (["triage"], []), (["capability:triage"], []), (["triage", "capability:triage"], []),
            (["release"], ["capability:release capability_missing"]),
            (
                ["release", "triage", "capability:deploy"],
                [
                    "capability:release capability_missing", "capability:deploy capability_missing",
                ]
            ),
        ])
    func capabilities(_ required: [String], _ denied: [String]) throws {
        #expect(try reasons(decide(Self.generous, requiring: required).denied) == denied)
    }

    @Test(
        "what is no name of a capability is invalid_request",
        arguments: [
            // A reference of another scheme is no capability, though it may be granted.
            "network:tracker", "", "capability:", "a b", "../x", "triage/", "capability:é",
            String(repeating: "x", count: 257),
        ])
    func notCapabilities(_ text: String) async {
        await failing(.invalidRequest) { try DeclarationReference(capability: text) }
    }

    @Test("a capability that the policy denies is not there for those who require it")
    func deniedCapability() throws {
        let policy = Self.generous.replacing(
            "\"capability:triage\"", with: "\"capability:other\"")
        #expect(
            reasons(try decide(policy, requiring: ["triage"]).denied)
                == ["capability:triage not_granted", "capability:triage capability_missing"])
    }
}
