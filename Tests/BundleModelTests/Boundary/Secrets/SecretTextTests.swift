import Foundation
import Testing

@testable import BundleModel

@Suite("Secrets in running text")
struct SecretTextTests {
    private func rules(_ text: String) -> [String] { rules(Array(text.utf8)) }

    private func rules(_ bytes: [UInt8]) -> [String] {
        SecretScan.standard.matches(in: bytes[...]).map(\.rule)
    }

    /// Made here, so that no scanner of a forge reads it: a token of GitHub's shape.
    static let token = "gh" + "p_" + "1cmBcpxoAJWccZIPU8Wmut6WcHon0zVA3mIO"
    static let password = "Kq9v" + "T2xLmP"

    @Test(
        "a URL with a credential is refused, whatever its scheme",
        arguments: [
            "https://deploy:Kq9v·T2xLmP@git.example/x.git", "https://Kq9v·T2xLmP77@git.example/x",
            "https://x-access-token:Kq9v·T2xLmP@git.example", "redis://:Kq9v·T2xLmP@cache:6379/0",
            "postgres://app:Kq9v·T2xLmP@db:5432/app", "mongodb+srv://svc:Kq9v·T2xLmP@c.example/x",
            "amqp://w:Kq9v·T2xLmP@mq/%2f", "smtp://mail:Kq9v·T2xLmP@smtp.example:587",
            "ldap://admin:Kq9v·T2xLmP@ldap.example", "jdbc:mysql://u:Kq9v·T2xLmP@db/x",
            "postgresql+asyncpg://u:Kq9v·T2xLmP@db/x", "ssh://git:Kq9v·T2xLmP@git.example/x",
            "git+https://u:Kq9v·T2xLmP@git.example/x", "wss://u:Kq9v·T2xLmP@ws.example",
            "other://u:Kq9v·T2xLmP@host", "https://u:p%40Kq9v·T2xLmP@host",
        ])
    func refusesUserInformation(_ url: String) {
        let url = ShapeRule.Examples.plain(url)
        for text in [url, "see <\(url)>.", "x = \"\(url)\"", "[x](\(url))"] {
            #expect(rules(text) == ["url-userinfo"], "\(text)")
        }
    }

    @Test(
        "a URL without a credential is accepted",
        arguments: [
            "ssh://git@git.example:2222/x.git", "git@git.example:x/y.git",
            "https://git.example/@me",
            "https://git.example/x?mail=a@b.example", "https://${USER}:${PASS}@git.example",
            "https://<user>:<password>@git.example", "https://{{ user }}:{{ pass }}@git.example",
            "https://user:password@git.example", "https://oauth2:$TOKEN@git.example",
            "postgres://postgres:postgres@localhost/x", "postgres://db.internal:5432/app",
            "https://user:****@git.example", "https://$USER@git.example",
            "https://registry.example/@scope/package@1.2.3", "mailto:me@example.com",
            "https://username:token@git.example", "sftp://backup@host/x",
            "https://YOUR_TOKEN@git.example", "https://git.example:8443/x", "http://[::1]:80/@x",
        ])
    func acceptsOtherURLs(_ url: String) {
        #expect(rules("see \(url) for more") == [])
    }

    @Test("words of examples are refused where a file holds values")
    func refusesExamplesInValues() {
        let value = ScannedValue(
            keys: [Array("dsn".utf8)], text: Array("postgres://user:password@db/app".utf8),
            style: .plain, line: 1, column: 1, pairName: nil)
        #expect(SecretScan.standard.matches(in: value).map(\.rule) == ["url-userinfo"])
    }

    static let refused: [String] = [
        "Authorization: Basic " + Data("svc:\(password)".utf8).base64EncodedString(),
        "curl -H 'Authorization: Bearer Kq9vT2xLmPq8Zr4Wn6Yb' https://api.example",
        "curl -u svc:\(password) https://api.example",
        "curl --user 'svc:\(password)' https://api.example",
        "sshpass -p '\(password)' ssh host", "mysql -u root -p\(password) shop",
        "machine git.example login bot password \(password)",
        "machine git.example\n  login bot\n  password \(password)\n",
        "export DB_PASSWORD=Winter2026", "DB_PASSWORD='Winter2026'", "tool --password Winter2026",
        "tool --api-key=\(password)", "curl -H \"X-Api-Key: Mw1Lb4Rh6fKQ2cQkurkVJqTYcp80\"",
        "const apiKey = \"Mw1Lb4Rh6fKQ2cQkurkVJqTYcp80\";",
        "let token: String = \"Mw1Lb4Rh6fKQ2cQkurkVJqTYcp80\"",
        "token := \"Mw1Lb4Rh6fKQ2cQkurkVJqTYcp80\"", "{:token => 'Mw1Lb4Rh6fKQ2cQkurkVJqTYcp80'}",
        "client_secret=8e7c7958f3a6b901938c4475cdacab75", "**Password:** Sakura-7781!",
        "The staging password is Sakura-7781!", "ステージングのパスワード: Sakura-7781!",
        "パスワード：Sakura-7781!", "パスワード＝Sakura-7781!", "パスワードは Sakura-7781! です。",
        "パスワードは「Sakura-7781!」です。", "APIキー: Mw1Lb4Rh6fKQ2cQkurkVJqTYcp80",
        "秘密鍵は`Mw1Lb4Rh6fKQ2cQkurkVJqTYcp80`", "アクセスキー：Mw1Lb4Rh6fKQ2cQkurkVJqTYcp80",
        "- name: SEARCH_API_KEY\n  value: gfyaCIidMLAsw21BVRxaCkc0Rasm\n",
        "\"name\": \"SEARCH_API_KEY\", \"value\": \"gfyaCIidMLAsw21BVRxaCkc0Rasm\"",
        "db.internal:5432:app:svc:\(password)q", "svc:\(password)@tcp(db:3306)/app",
        "Cookie: session=Mw1Lb4Rh6fKQ2cQkurkVJqTYcp80; theme=dark",
        "[Interface]\nPrivateKey = zywh/q/aBEZDv33l2kkf325IMKgjwNHzL/c8MkpEArQ=\n",
    ]

    @Test("a literal beside a word for secrets is refused", arguments: refused)
    func refusesLiterals(_ text: String) {
        #expect(!rules(text).isEmpty)
        #expect(!rules("Before.\n\n    \(text)\n\nAfter.\n").isEmpty)
    }

    @Test(
        "prose and code about secrets are accepted",
        arguments: [
            "Never print passwords, API keys or tokens. If a user pastes a secret, rotate it.",
            "The password must have at least 12 characters, a token expires after 30 days, and the "
                + "key: value form is preferred.",
            "パスワードやトークンは必ずシークレット参照 (secret:github-token) で渡し、値をバンドルに書かないこと。",
            "let token: String = try await vault.read(ref)\nif token.isEmpty { throw X.missingToken }",
            "const token = process.env.GITHUB_TOKEN;", "password = os.environ[\"DB_PASSWORD\"]",
            "export API_KEY=<your-token>", "export API_KEY=your_key_here", "token: ghp_****",
            "password: 'SecurePass123!'", "password: \"Test1234!\"", "password = 'p@ssw0rd'",
            "tokens: 4096", "max_tokens=8192", "Token: RS256", "auth: OAuth2/OIDC",
            "secret: AES-256-GCM", "password: bcrypt (cost 12)", "Authorization: Bearer <token>",
            "Authorization: Bearer ${TOKEN}", "Authorization: Bearer $TOKEN", "Bearer token",
            "Authorization: Basic <base64>", "curl -u user:password https://api.example",
            "docker run -u 1000:1000 image", "mysql -u root -p shop", "mysql -uroot -ppassword",
            "sk-learn, sk-SK, task-runner", "claude-sonnet-4-5-20250929 gpt-4o-2024-08-06",
            "token_count = len(tokenizer.encode(text_2))", "secret_key = generate_key_v2(32)",
            "const accessToken = verificationTokenV2Result", "token = tokens[i2]",
            "arn:aws:secretsmanager:us-west-2:123456789012:secret:MySecret1-a1b2c3",
            "**Tokens**: design tokens v2.0!", "Pass: 12, Fail: 3", "password == \"abc\"",
            "-----BEGIN RSA PRIVATE KEY-----", "match /-----BEGIN [A-Z ]*PRIVATE KEY-----/",
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
            "sha256:0602baaf0cac1fa41a28ac9649f6b8461d7a8d1465cab045086e44ec9e3a757e",
            "key-id 4b33884f-6aaa-4268-a9d9-fee3d7a5d5ff, 01FZJ98JDHJQX0MRZ40HM31GMR",
            "nextToken: RW5DdDJkMWYwZjM2MzM2VHVpOHJIUXlDUXlhc2QzRGViYnc9", "the token is invalid.",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY is documented", "100% of tokens: 50%",
        ])
    func acceptsProse(_ text: String) {
        #expect(rules(text) == [])
    }

    @Test("a private key is refused in every form it is written in")
    func privateKeys() {
        let line = "QO0jSyKjpNuKeCu8ABiptzptgvF2qleSWqmlFUnm6ba0jwrwYhvB45sRRfnkanwd"
        for label in [
            "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "OPENSSH PRIVATE KEY",
            "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK", "ANY PRIVATE KEY",
        ] {
            let dashes = "-----"
            let (begin, end) = (
                "\(dashes)BEGIN \(label)\(dashes)", "\(dashes)END \(label)\(dashes)"
            )
            for text in [
                "\(begin)\n\(line)\n\(end)\n", "\(begin)\r\n\(line)\r\n", "  \(begin)\n  \(line)\n",
                "\"\(begin)\\n\(line)\\n\(end)\\n\"", "# \(begin)\n# \(line)\n", "\(begin) \(line)",
                "\(begin)\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B\n\n\(line)\n",
                "\(begin)\nVersion: GnuPG v2\n\n\(line)\n", "> \(begin)\n> \(line)\n",
                "\"\(begin)\" +\n\"\(line)\" +\n",
            ] {
                #expect(rules(text) == ["private-key"], "\(text)")
            }
        }
        let ssh2 = "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: \"x\"\n\(line)\n"
        #expect(rules(ssh2) == ["private-key"])
        for label in ["PUBLIC KEY", "CERTIFICATE", "CERTIFICATE REQUEST", "PGP PUBLIC KEY BLOCK"] {
            #expect(rules("-----BEGIN \(label)-----\n\(line)\n-----END \(label)-----\n") == [])
        }
    }

    @Test("a token is found in every encoding of one level")
    func encodings() {
        let token = Self.token
        let line = "the token of the bot is \(token) and no other is known to anybody here\n"
        let base64 = Data(line.utf8).base64EncodedString()
        let lines = Data(line.utf8).base64EncodedString(options: [
            .lineLength64Characters, .endLineWithLineFeed,
        ])
        let hex = token.utf8.map { String(format: "%%%02x", $0) }.joined()
        let escaped = token.utf8.map { String(format: "\\x%02x", $0) }.joined()
        let unicode = token.utf8.map { String(format: "\\u%04x", $0) }.joined()
        let entities = token.utf8.map { "&#\($0);" }.joined()
        for text in [
            base64, "data: \(base64)", "x \(lines)", lines.replacing("\n", with: "\n    "),
            lines.replacing("\n", with: "\\n"), base64.replacing("+", with: "-"), hex, escaped,
            unicode, entities, "\(token.prefix(7))\u{200B}\(token.dropFirst(7))",
            token.replacing("_", with: "%5F"),
            "\(token.prefix(12))\\\n    \(token.dropFirst(12))",
        ] {
            #expect(rules(text) == ["github-token"], "\(text)")
        }
        let wide = token.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let wideSwapped = token.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        #expect(rules(wide) == ["github-token"])
        #expect(rules([0xFF, 0xFE] + wide) == ["github-token"])
        #expect(rules([0xFE, 0xFF] + wideSwapped) == ["github-token"])
    }

    @Test("a match lies where it stands in the text, the view it was found in left aside")
    func places() {
        let text = "one\ntwo \(Self.token) three"
        #expect(SecretScan.standard.matches(inText: text).map(\.offset) == [8])
        let encoded = Data("and the token \(Self.token)".utf8).base64EncodedString()
        #expect(SecretScan.standard.matches(inText: "one two \(encoded)").map(\.offset) == [26])
    }

    @Test("no match shows more than four characters of itself")
    func excerpts() {
        for text in Self.refused + [Self.token] {
            for match in SecretScan.standard.matches(inText: text) {
                #expect(match.excerpt.count <= 4)
            }
        }
    }

    @Test("the looks that a hostile text asks for are linear in it")
    func stepsAreLinear() {
        for piece in ["sk-", "eyJ-", "eyJaaaaaaaaaaaa.", "AKIA", "xprv", "Q~", "a.b.c.", "-us1"] {
            let bytes = Array(String(repeating: piece, count: 60_000 / piece.utf8.count).utf8)
            var pass = TextPass(scan: .standard, isStrict: false)
            pass.run(bytes.span)
            #expect(pass.steps < bytes.count * 40, "\(piece): \(pass.steps) of \(bytes.count)")
        }
    }
}
