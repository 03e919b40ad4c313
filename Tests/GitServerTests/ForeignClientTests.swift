import Foundation
import TestSupport
import Testing

@testable import AccessTokens
@testable import GitServer

@Suite("Clients of Git that are not the git program")
struct ForeignClientTests {
    private static let branch = "refs/heads/bundles/agents"

    @Test(
        "clone, fetch and push, and hear why a push is refused",
        arguments: ForeignClient.allCases)
    func wholePath(client: ForeignClient) async throws {
        let (token, other) = (TokenBox(), TokenBox())
        try await ServedWorkspace.with(prepare: { file, _ in
            token.secret = try ServedWorkspace.token(in: file, [.read, .publish, .release])
            other.secret = try ServedWorkspace.token(in: file, [.read])
        }) { served in
            let secret = try #require(token.secret).text
            let url = served.url("acme.git")
            let server = GitOracle(in: served.home.appending("acme.git"))
            func run(_ verb: String, _ token: String = secret) async throws -> ForeignClient.Answer
            {
                try await client.run(verb, url, token, in: served.home.url)
            }
            // Clone.
            let cloned = try await run("clone")
            #expect(cloned.failure == "", "\(cloned)")
            let clone = GitOracle(in: served.home.appending("clone"))
            let first = try await server.commit(Self.branch)
            #expect(try await clone.commit("HEAD") == first)
            try await clone.check("fsck", "--strict")
            // Fetch.
            try await served.publishAgain("agents", "Published meanwhile")
            #expect(try await run("fetch").failure == "")
            let second = try await server.commit(Self.branch)
            #expect(second != first)
            #expect(try await clone.commit("refs/heads/fetched") == second)
            try await clone.check("reset", "--quiet", "--hard", second)
            // Push.
            try await Self.commit(served, clone, "Pushed by \(client.rawValue)")
            try await clone.check("update-ref", Self.branch, "HEAD")
            let pushed = try await run("push")
            #expect(pushed.failure == "", "\(pushed)")
            let third = try await clone.commit("HEAD")
            #expect(try await server.commit(Self.branch) == third)
            #expect(third != second)
            let shown = try await served.tool.run("verify", "agents@3")
            #expect(shown.succeeded, "\(shown)")
            // Refused by the gate: a path of a host.
            try await Self.commit(
                served, clone, "Bad", adding: "Look into /home/ada/notes first.\n")
            try await clone.check("update-ref", Self.branch, "HEAD")
            let refused = try await run("push")
            #expect(!refused.failure.isEmpty, "\(refused)")
            // What is behind the refusal is on the side band, which dulwich shows its caller too.
            #expect(refused.said.contains("forbidden_content"), "\(refused)")
            #expect(refused.said.contains("prompts/added.md"), "\(refused)")
            #expect(try await server.commit(Self.branch) == third)
            // Refused by the server: a token that may only read.
            let reader = try await run("push", try #require(other.secret).text)
            #expect(!reader.failure.isEmpty, "\(reader)")
            #expect(try await server.commit(Self.branch) == third)
        }
    }

    /// Commits a change with the trailers that `sheaf stamp` gives.
    private static func commit(
        _ served: ServedWorkspace, _ clone: GitOracle, _ words: String, adding text: String? = nil
    ) async throws {
        let file = served.home.appending("clone/bundle.yaml")
        let yaml = try String(contentsOf: file, encoding: .utf8)
        try yaml.replacing(/description: .*/, with: "description: \(words)")
            .write(to: file, atomically: true, encoding: .utf8)
        if let text { try served.home.write(text, to: "clone/prompts/added.md") }
        try await clone.check("checkout", "-q", "-B", "bundles/agents")
        try await clone.check("add", "-A")
        try await clone.check("-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", words)
        let stamped = try await served.tool.running(in: served.home.appending("clone"))
            .run("stamp")
        try #require(stamped.succeeded, "\(stamped)")
    }
}
