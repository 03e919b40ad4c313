import Foundation
import TestSupport
import Testing

@testable import AccessTokens
@testable import BundleModel
@testable import GitServer

@Suite("sheaf over a URL of our own server")
struct RemoteUserTests {
    /// Another user's home with a token in Git's helper, and a bundle's directory in it.
    private static func user(
        _ served: ServedWorkspace, _ secret: String, _ path: String = "acme.git"
    ) throws -> (tool: CommandLineTool, home: TemporaryDirectory) {
        let home = try TemporaryDirectory("sheaf-user")
        let git = try home.write(
            """
            [credential]
                helper = "!f() { echo username=git; echo password=\(secret); }; f"
            """, to: "git.conf")
        let tool = try CommandLineTool(
            home: home.url,
            environment: [
                "SHEAF_REPOSITORY": served.url(path),
                "GIT_CONFIG_GLOBAL": git.path(percentEncoded: false),
            ])
        try FileManager.default.copyItem(
            at: served.home.appending("agents"), to: home.appending("agents"))
        return (tool, home)
    }

    private static func change(_ home: TemporaryDirectory, _ words: String) throws {
        let file = home.appending("agents/bundle.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacing(/description: .*/, with: "description: \(words)")
            .write(to: file, atomically: true, encoding: .utf8)
    }

    @Test(
        "publishes, releases, rolls back and reads with a token",
        arguments: ["acme.git", "acme/agents.git", "acme/{bundle}.git"])
    func wholePath(path: String) async throws {
        let token = TokenBox()
        try await ServedWorkspace.with(prepare: { file, _ in
            token.secret = try ServedWorkspace.token(
                in: file, [.read, .publish, .release], bundles: [BundleID("agents")])
        }) { served in
            let secret = try #require(token.secret).text
            let (user, home) = try Self.user(served, secret, path)
            try Self.change(home, "From elsewhere")
            for arguments in [
                ["publish", "agents", "-m", "from elsewhere"],
                ["channel", "release", "agents@2", "stable", "--reason", "reviewed"],
                ["channel", "release", "agents@1", "canary", "--reason", "compare"],
                ["channel", "rollback", "agents", "latest", "--to", "1", "--reason", "loops"],
                ["verify", "agents@stable"],
            ] {
                let output = try await user.run(arguments)
                #expect(output.succeeded, "\(arguments) \(output)")
                #expect(!output.text.contains(secret) && !output.errorText.contains(secret))
            }
            // Both sides read the same.
            for arguments in [
                ["log", "agents"], ["channel", "list", "agents"], ["show", "agents@stable"],
                ["channel", "log", "agents", "latest"],
            ] {
                let there = try await user.run(arguments)
                #expect(try await there == served.tool.run(arguments), "\(arguments)")
            }
            let left = try Fixtures.files(below: home.appending(".cache")).filter {
                $0.bytes.firstRange(of: Array(secret.utf8)) != nil
            }
            #expect(left.isEmpty)
        }
    }

    @Test("is refused what the token does not allow, and nothing of it is taken")
    func scopes() async throws {
        let (publisher, reader) = (TokenBox(), TokenBox())
        try await ServedWorkspace.with(prepare: { file, _ in
            publisher.secret = try ServedWorkspace.token(in: file, [.read, .publish])
            reader.secret = try ServedWorkspace.token(in: file, [.read])
        }) { served in
            let server = GitOracle(in: served.home.appending("acme.git"))
            let before = try await server.lines("for-each-ref")
            let (user, home) = try Self.user(served, try #require(publisher.secret).text)
            try Self.change(home, "Changed")
            let refused = try await user.run("publish", "agents", "-m", "with a release")
            #expect(refused.status == 3, "\(refused)")
            #expect(refused.errorText.contains("may not release 'agents'"), "\(refused)")
            #expect(refused.errorText.contains("(remote_unauthorized)"), "\(refused)")
            #expect(try await server.lines("for-each-ref") == before)
            let (other, itsHome) = try Self.user(served, try #require(reader.secret).text)
            try Self.change(itsHome, "Changed")
            #expect(try await other.run("log").succeeded)
            let read = try await other.run("publish", "agents")
            #expect(read.status == 3, "\(read)")
            #expect(read.errorText.contains("(remote_unauthorized)"), "\(read)")
            #expect(try await server.lines("for-each-ref") == before)
            let alone = try await user.run("publish", "agents", "-m", "alone", "--no-release")
            #expect(alone.succeeded, "\(alone)")
            let (stranger, strangerHome) = try Self.user(served, "nothing-that-is-known")
            let unknown = try await stranger.run("log")
            #expect(unknown.status == 3, "\(unknown)")
            #expect(unknown.errorText.contains("(remote_unauthorized)"), "\(unknown)")
            withExtendedLifetime([home, itsHome, strangerHome]) {}
        }
    }

    @Test("hears the push gate")
    func gate() async throws {
        try await ServedWorkspace.with { served in
            let (user, home) = try Self.user(served, "none")
            let file = home.appending("agents/bundle.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try text.replacing("bundle: agents", with: "bundle: fresh")
                .replacing("workspace: acme", with: "workspace: umbrella")
                .write(to: file, atomically: true, encoding: .utf8)
            // This bundle's own URL shows no other, so that nobody but the gate can tell.
            let output = try await user.with([
                "SHEAF_REPOSITORY": served.url("acme/fresh.git")
            ]).run("publish", "agents", "--format", "json")
            #expect(output.status == 1, "\(output)")
            let error = output.errorText
            #expect(error.contains(#""code" : "workspace_mismatch""#), "\(output)")
            #expect(error.contains("the repository's push gate refuses: "), "\(output)")
        }
    }
}
