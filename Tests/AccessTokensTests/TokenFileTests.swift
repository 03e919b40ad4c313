import AccessTokens
import BundleModel
import Foundation
import TestSupport
import Testing

@Suite("Tokens")
struct TokenFileTests {
    private static func token(
        _ secret: TokenSecret, expiresAt: Date? = nil
    ) throws -> AccessToken {
        AccessToken(
            secret, workspace: try WorkspaceID("acme"), bundles: [try BundleID("agents")],
            scopes: [.read, .release], createdAt: Date(timeIntervalSince1970: 1_000_000),
            expiresAt: expiresAt, note: "a runtime")
    }

    @Test("the file has the hash and never the secret, for its owner alone")
    func hashed() throws {
        let home = try TemporaryDirectory()
        let file = TokenFile(path: home.appending("deep/tokens.json").path())
        let secret = TokenSecret()
        try file.add(Self.token(secret))
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        #expect(!text.contains(secret.text) && !text.contains(secret.text.dropFirst(6)))
        #expect(text.contains(secret.hash.hex))
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try file.tokens() == [Self.token(secret)])
        #expect(!"\(secret)".contains(secret.text))
    }

    @Test("two secrets differ, and only what has the form of one is read as one")
    func secrets() {
        let one = TokenSecret()
        #expect(one.text != TokenSecret().text)
        #expect(TokenSecret(one.text)?.hash == one.hash)
        for text in [
            "", "sheaf_", one.text + "0", one.text.uppercased(), "x" + one.text.dropFirst(),
        ] {
            #expect(TokenSecret(text) == nil, "\(text)")
        }
    }

    @Test("a file that others may write to is refused, and so is one of another form")
    func trust() throws {
        let home = try TemporaryDirectory()
        let file = TokenFile(path: home.appending("tokens.json").path())
        #expect(try file.tokens() == nil)
        try file.add(Self.token(TokenSecret()))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o666], ofItemAtPath: file.path)
        #expect(throws: SheafError.self) { try file.tokens() }
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: file.path)
        for text in ["", "{}", #"{"schema": "sheaf/tokens/v2", "tokens": []}"#] {
            try text.write(toFile: file.path, atomically: false, encoding: .utf8)
            let error = #expect(throws: SheafError.self) { try file.tokens() }
            #expect(error?.code == .hostPolicyInvalid)
        }
    }

    @Test("changes at the same time are all kept")
    func together() async throws {
        let home = try TemporaryDirectory()
        let file = TokenFile(path: home.appending("tokens.json").path())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 { group.addTask { try file.add(Self.token(TokenSecret())) } }
            try await group.waitForAll()
        }
        #expect(try file.tokens()?.count == 16)
    }

    @Test("a table answers for those who are known, and not past their time")
    func table() throws {
        let home = try TemporaryDirectory()
        let file = TokenFile(path: home.appending("tokens.json").path())
        let open = try TokenTable(file)
        guard case .open = open.answer(nil) else {
            Issue.record("without a file there are no tokens")
            return
        }
        let (good, old) = (TokenSecret(), TokenSecret())
        try file.add(Self.token(good, expiresAt: Date(timeIntervalSince1970: 2_000_000)))
        try file.add(Self.token(old, expiresAt: Date(timeIntervalSince1970: 1_500_000)))
        let table = try TokenTable(file) { Date(timeIntervalSince1970: 1_600_000) }
        guard case .known(let token) = table.answer(good) else {
            Issue.record("a good token is known")
            return
        }
        #expect(token.sha256 == good.hash)
        for secret in [nil, old, TokenSecret()] {
            guard case .refused = table.answer(secret) else {
                Issue.record("neither nothing nor an old token opens the door")
                return
            }
        }
    }

    @Test("revoking takes one away, and says when there is none")
    func revoke() throws {
        let home = try TemporaryDirectory()
        let file = TokenFile(path: home.appending("tokens.json").path())
        let token = try Self.token(TokenSecret())
        try file.add(token)
        #expect(try file.revoke(token.id) == token)
        #expect(try file.tokens() == [])
        let error = #expect(throws: SheafError.self) { try file.revoke(token.id) }
        #expect(error?.code == .notFound)
    }
}
