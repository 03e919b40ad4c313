import BundleModel
import Foundation
import TestSupport
import Testing

@testable import AccessTokens
@testable import GitServer

@Suite("Pushing over HTTP")
struct PushTests {
    /// A clone with the hooks, in which a bundle was changed and committed.
    static func change(
        _ served: ServedWorkspace, _ token: TokenSecret? = nil, to words: String = "Changed"
    ) async throws -> GitOracle {
        try await served.git.check("clone", "-q", served.url("acme.git", token), "clone")
        let clone = GitOracle(in: served.home.appending("clone"))
        let tool = served.tool.running(in: served.home.appending("clone"))
        try #require(await tool.run("hook", "install", "--checkout", ".").succeeded)
        let file = served.home.appending("clone/bundle.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacing(/description: .*/, with: "description: \(words)")
            .write(to: file, atomically: true, encoding: .utf8)
        try await clone.check("commit", "-q", "-a", "-m", "change it")
        return clone
    }

    @Test("a push that is in order is taken, and is in the next answer")
    func accepted() async throws {
        try await ServedWorkspace.with { served in
            let clone = try await Self.change(served)
            try await clone.check("push", "-q", "origin", "HEAD:refs/heads/bundles/agents")
            let names = try await served.git.lines(
                "ls-remote", served.url("acme.git"), "refs/heads/bundles/agents")
            #expect(try await names.first?.prefix(40) == clone.commit("HEAD")[...])
        }
    }

    @Test("the gate's findings are in the output of a push that it refuses")
    func refusedByGate() async throws {
        try await ServedWorkspace.with { served in
            let clone = try await Self.change(served)
            let file = served.home.appending("clone/prompts/added.md")
            try "Look into /home/ada/notes first.\n".write(
                to: file, atomically: true, encoding: .utf8)
            try await clone.check("add", "-A")
            try await clone.check(
                "-c", "core.hooksPath=/dev/null", "commit", "-q", "--amend",
                "--no-edit")
            let tool = served.tool.running(in: served.home.appending("clone"))
            try #require(await tool.run("stamp").succeeded)
            let pushed = try await clone.run(
                ["push", "-q", "origin", "HEAD:refs/heads/bundles/agents"])
            #expect(!pushed.succeeded)
            #expect(pushed.errorText.contains("forbidden_content"), "\(pushed)")
            #expect(pushed.errorText.contains("prompts/added.md"), "\(pushed)")
        }
    }

    @Test(
        "a token without the scope, or of another bundle, is refused in the push's own output",
        arguments: [
            (Set<AccessScope>([.read, .release]), "agents", "may not publish 'agents'"),
            (Set<AccessScope>([.read, .publish, .release]), "helpers", "agents"),
        ])
    func scopes(scopes: Set<AccessScope>, bundle: String, words: String) async throws {
        let (token, reader) = (TokenBox(), TokenBox())
        try await ServedWorkspace.with(prepare: { file, _ in
            token.secret = try ServedWorkspace.token(
                in: file, scopes, bundles: [BundleID(bundle)])
            reader.secret = try ServedWorkspace.token(in: file, [.read])
        }) { served in
            let clone = try await Self.change(served, reader.secret)
            let before = try await served.git.text(
                "ls-remote", served.url("acme.git", reader.secret))
            let pushed = try await clone.run([
                "push", served.url("acme.git", token.secret), "HEAD:refs/heads/bundles/agents",
            ])
            #expect(!pushed.succeeded)
            #expect(pushed.errorText.contains(words), "\(pushed)")
            // Only reading: refused before anything is sent.
            let read = try await clone.run([
                "push", served.url("acme.git", reader.secret), "HEAD:refs/heads/bundles/agents",
            ])
            #expect(read.errorText.contains("403"), "\(read)")
            let after = try await served.git.text(
                "ls-remote", served.url("acme.git", reader.secret))
            #expect(before == after)
        }
    }

    @Test("a push of something that is no branch of a bundle is refused")
    func otherReferences() async throws {
        try await ServedWorkspace.with { served in
            let clone = try await Self.change(served)
            for name in ["refs/heads/main", "refs/tags/v1", "refs/replace/1234"] {
                let pushed = try await clone.run(["push", "origin", "HEAD:\(name)"])
                #expect(!pushed.succeeded, "\(name)")
            }
            let remote = GitOracle(in: served.home.appending("acme.git"))
            let names = try await remote.lines("for-each-ref", "--format=%(refname)")
            #expect(names.allSatisfy { $0.contains("/bundles/") || $0.contains("/channels/") })
        }
    }
}
