import Foundation
import TestSupport
import Testing

@Suite("A repository at a plain Git host")
struct RemoteVerbTests {
    /// Every write and read, in an order that works in a new repository.
    private static let verbs: [[String]] = [
        ["publish", "agents", "-m", "first"],
        ["publish", "agents", "-m", "the same again"],
        ["channel", "release", "support-agents@1", "stable", "--reason", "it works"],
        ["diff", "agents"],
        ["publish", "other", "-m", "second", "--channel", "canary", "--reason", "try"],
        ["publish", "agents", "-m", "back again", "--no-release"],
        ["channel", "release", "support-agents@canary", "stable", "--reason", "promoted"],
        ["channel", "rollback", "support-agents", "stable", "--to", "1", "--reason", "loops"],
        ["channel", "list", "support-agents"],
        ["channel", "log", "support-agents", "stable"],
        ["log"], ["log", "support-agents"],
        ["show", "support-agents@stable"],
        ["show", "support-agents@2", "prompts/coder.md"],
        ["diff", "support-agents@1", "support-agents@2"],
        ["diff", "support-agents@2"],
        ["verify", "support-agents@stable"],
        ["explain", "support-agents@canary", "coder"],
        ["digest", "support-agents@2"],
        ["channel", "rollback", "support-agents", "canary", "--to", "1", "--reason", "no"],
        ["show", "support-agents@99"],
        ["channel", "log", "support-agents", "nothing"],
    ]

    @Test(
        "is published to, released on and read as one on this machine, word for word",
        arguments: [(.web, "text"), (.secureShell, "json"), (.path, "json")]
            as [(
                RemoteTransport.Kind, String
            )])
    func same(kind: RemoteTransport.Kind, format: String) async throws {
        let host = try await PlainHost()
        let transport = try await RemoteTransport(kind, host)
        var desk = try Desk()
        try desk.writeBundle("other")
        try desk.home.write("Look twice.\n", to: "other/prompts/coder.md")
        // With one time for all, both repositories get the same commits.
        desk.sheaf = desk.sheaf.with([
            "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z", "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z",
        ])
        try await desk.check("init", "--workspace", "acme")
        let remote = desk.on(transport.url, transport.environment.mapValues { $0 })
        for verb in Self.verbs {
            let here = try await desk.sheaf.run(verb + ["--format", format])
            let there = try await remote.sheaf.run(verb + ["--format", format])
            #expect(there.status == here.status, "\(verb) \(there)")
            #expect(there.text == here.text, "\(verb)")
            #expect(there.errorText == here.errorText, "\(verb)")
        }
        // What is there is what is here, and nothing beside it.
        let format = "--format=%(refname) %(objectname)"
        let references = try await host.git.lines("for-each-ref", format)
        #expect(try await references == desk.git.lines("for-each-ref", format))
        #expect(references.count == 4)
        try await host.git.check("fsck", "--strict", "--full")
    }

    @Test("is where a runtime syncs from", arguments: RemoteTransport.Kind.allCases)
    func sync(kind: RemoteTransport.Kind) async throws {
        let host = try await PlainHost()
        let transport = try await RemoteTransport(kind, host)
        let publisher = try Desk().on(transport.url, transport.environment.mapValues { $0 })
        try await publisher.check("publish", "agents", "-m", "first", "--no-release")
        try await publisher.check(
            "channel", "release", "support-agents@1", "stable", "--reason", "reviewed")
        let runtime = try Desk(bundle: false).on(transport.url)
        if !transport.policy.isEmpty {
            let file = try runtime.home.write(
                """
                schema: sheaf/host-policy/v1
                workspaces:
                  acme:
                    repository: \(transport.url)
                    bundles: [support-agents]
                    \(transport.policy)

                """, to: ".local/state/sheaf/runtime/host-policy.yaml")
            #expect(file.path(percentEncoded: false) == runtime.policy.path(percentEncoded: false))
            try runtime.setPolicyMode(0o600)
        }
        let first = try await runtime.check("runtime", "sync", "support-agents@stable")
        #expect(first.text.hasPrefix("accepted "), "\(first)")
        try publisher.edit()
        try await publisher.check("publish", "agents", "-m", "second", "--channel", "stable")
        let second = try await runtime.json("runtime", "sync", "support-agents@stable")
        #expect(second["outcome"]?.text == "updated")
        #expect(second["release"]?["revision"]?.number == 2)
    }

    @Test("takes a bundle of several megabytes, which Git sends in pieces")
    func large() async throws {
        let host = try await PlainHost()
        let server = try await GitWebServer(root: host.root.url)
        let desk = try Desk().on(server.url("acme.git"))
        // Longer than what zlib looks back, so that it stays as large as it is.
        let noise = (0..<96 << 10).map { _ in UInt8.random(in: 0...255) }
        let bytes: [UInt8] = [0, 255] + Array(repeating: noise, count: 64).joined()
        try desk.home.write(bytes, to: "agents/assets/noise.bin")
        try await desk.check("publish", "agents", "-m", "first")
        let shown = try await desk.check("show", "support-agents@latest", "assets/noise.bin")
        #expect(shown.standardOutput == bytes)
    }

    @Test("is read over git daemon, which takes no pushes")
    func daemon() async throws {
        let host = try await PlainHost()
        let desk = try Desk()
        try await desk.on(host.url).check("publish", "agents", "-m", "first")
        let daemon = try await GitDaemon(root: host.root.url)
        let remote = desk.on(daemon.url("acme.git"))
        let log = try await remote.check("log", "support-agents")
        #expect(log.lines.count == 2 && log.text.contains("first"))
        try await remote.check("verify", "support-agents@latest")
        try desk.edit()
        let refused = try await remote.sheaf.run("publish", "agents")
        #expect(refused.status == 3, "\(refused)")
        #expect(refused.errorText.contains("(remote_unauthorized)"), "\(refused)")
    }

    @Test("may be one of a bundle of its own, whose id the address has a placeholder for")
    func placeholder() async throws {
        let host = try await PlainHost("support-agents.git")
        let folder = "file://\(host.root.path)"
        let desk = try Desk().on("\(folder)/{bundle}.git")
        try await desk.check("publish", "agents", "-m", "first")
        #expect(try await desk.check("log", "support-agents").lines.count == 2)
        let all = try await desk.sheaf.run("log")
        #expect(all.status == 2 && all.errorText.contains("(invalid_request)"), "\(all)")
    }

    @Test("tells a new bundle its workspace, and takes none of another one")
    func workspace() async throws {
        let host = try await PlainHost()
        let desk = try Desk().on(host.url)
        try await desk.check("publish", "agents", "-m", "first")
        let other = try Desk(bundle: false).on(host.url)
        try await other.check("new", "helpers")
        let text = try String(
            contentsOf: other.home.appending("helpers/bundle.yaml"), encoding: .utf8)
        #expect(text.contains("workspace: acme"))
        try await other.check("publish", "helpers", "-m", "first of helpers")
        try other.writeBundle("strange", workspace: "umbrella", id: "strange")
        let refused = try await other.sheaf.run("publish", "strange")
        #expect(refused.status == 1 && refused.errorText.contains("(workspace_mismatch)"))
        #expect(try await host.tip("bundles/strange") == nil)
        // Only what is worked with is brought here.
        try await desk.check("log", "support-agents")
        #expect(
            try await desk.copy().lines("for-each-ref", "--format=%(refname)").allSatisfy {
                $0.contains("support-agents")
            })
        #expect(try await desk.check("log").lines.count == 3)
    }
}
