import Foundation
import TestSupport
import Testing

@Suite("A credential in what a commit says")
struct TokenTests {
    /// Of the shape of a provider's token, and nobody's; put together here alone.
    private static let token = ["gh", "p_", "1cmBcpxoAJWccZIPU8Wmut6WcHon0zVA3mIO"].joined()

    /// Whether nothing behind the first four characters of the token is said.
    private static func isHidden(in text: String) -> Bool { !text.contains(token.prefix(5)) }

    @Test("the gate refuses it in the name of a reference and does not repeat it")
    func reference() async throws {
        let clone = try await Clone.published()
        let before = try await clone.desk.serverState()
        let output = try await clone.push("HEAD:refs/heads/bundles/\(Self.token)")
        #expect(!output.succeeded)
        #expect(output.errorText.contains("(forbidden_content)"), "\(output)")
        // The client names the reference itself, as its user wrote it.
        let said = output.errorText.split(separator: "\n").filter { $0.hasPrefix("remote: ") }
        #expect(Self.isHidden(in: said.joined()), "\(output)")
        #expect(try await clone.desk.serverState() == before)
    }

    @Test("the gate refuses it in a line of the commit's header and does not repeat it")
    func header() async throws {
        let clone = try await Clone.published()
        let right = try await clone.commit("two")
        let raw = try await clone.git.check("cat-file", "commit", right).text
        let end = try #require(raw.range(of: "\n\n"))
        let forged =
            raw[..<end.lowerBound] + "\nx-note \(Self.token)" + raw[end.lowerBound...]
        let bad = try await clone.git.check(
            "hash-object", "-t", "commit", "-w", "--stdin", input: Array(forged.utf8)
        ).trimmed
        try await expectRefusal(of: bad, clone)
    }

    @Test("the gate refuses it in the name of a person and does not repeat it")
    func person() async throws {
        let clone = try await Clone.published()
        let right = try await clone.commit("two")
        let bad = try await clone.forge(
            like: right, environment: ["GIT_COMMITTER_NAME": Self.token])
        try await expectRefusal(of: bad, clone)
    }

    private func expectRefusal(of commit: String, _ clone: Clone) async throws {
        let before = try await clone.desk.serverState()
        let output = try await clone.push("\(commit):\(Desk.branch)")
        #expect(!output.succeeded)
        #expect(output.errorText.contains("(forbidden_content)"), "\(output)")
        #expect(Self.isHidden(in: output.errorText), "\(output)")
        #expect(try await clone.desk.serverState() == before)
    }

    @Test("the commit-msg hook refuses it in a message")
    func message() async throws {
        let clone = try await Clone.published()
        try clone.edit("two\n")
        let output = try await clone.git.run(["commit", "-a", "-m", "uses \(Self.token)"])
        #expect(!output.succeeded)
        #expect(output.errorText.contains("(forbidden_content)"), "\(output)")
        #expect(Self.isHidden(in: output.errorText), "\(output)")
    }

    @Test("publishing refuses it in the name of the publisher")
    func publisher() async throws {
        let desk = try await Desk.published()
        try desk.edit()
        let output = try await desk.sheaf.with([
            "GIT_AUTHOR_NAME": Self.token, "GIT_COMMITTER_NAME": Self.token,
        ]).run("publish", "agents", "-m", "two")
        #expect(output.status == 1)
        #expect(output.errorText.contains("(forbidden_content)"), "\(output)")
        #expect(Self.isHidden(in: output.errorText), "\(output)")
    }
}
