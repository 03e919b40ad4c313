import Testing

@testable import BundleModel

@Suite("Literals under keys that name a secret")
struct SecretValueTests {
    private func rules(
        _ keys: [String], _ text: String, style: ScannedValue.Style = .quoted, name: String? = nil
    ) -> [String] {
        let value = ScannedValue(
            keys: keys.map { Array($0.utf8) }, text: Array(text.utf8), style: style, line: 1,
            column: 1, pairName: name.map { Array($0.utf8) })
        return SecretScan.standard.matches(in: value).map(\.rule)
    }

    @Test(
        "a literal is refused whatever its entropy",
        arguments: [
            "password", "Password", "PASSWORD", "passwd", "pwd", "db.password", "DB_PASSWORD",
            "dbPassword", "DbPassword", "db-password", "db password", "smtp_pass", "passphrase",
            "secret", "client_secret", "clientSecret", "signing_secret", "token", "githubToken",
            "GITHUB_TOKEN", "access_token", "refreshToken", "apikey", "apiKey", "api_key",
            "API-KEY",
            "x-api-key", "openai_api_key", "OPENAIAPIKEY", "secretAccessKey",
            "aws_secret_access_key",
            "private_key", "privateKey", "signingKey", "encryption_key", "SECRET_KEY_BASE", "psk",
            "password_prod", "token2", "パスワード", "DBパスワード", "トークン", "秘密鍵", "APIキー",
            "ＡＰＩキー", "暗証番号", "パスワード（本番）", "ＰＡＳＳＷＯＲＤ", "bearerToken",
        ])
    func refusesLiteral(_ key: String) {
        #expect(rules([key], "hunter2") == ["secret-literal"])
        #expect(rules(["a", key], "Winter2026!") == ["secret-literal"])
    }

    @Test(
        "a key about a secret, or of another kind, is left",
        arguments: [
            "secretName", "password_file", "passwordPolicy", "token_type", "tokenUrl", "token_url",
            "tokenizer", "maxTokens", "max_tokens", "tokens_per_minute", "public_key", "keyId",
            "key_id", "secret_ref", "cache_key", "primaryKey", "foreign_key", "sort_key",
            "keyboard",
            "author", "authority", "authors", "nextPageToken", "design_tokens", "allowedSecrets",
            "hasPassword", "authentication_flow", "パスワードポリシー", "トークン数", "compass",
            "bypass", "passing", "secretary", "TokenStream", "password_min_length", "token_budget",
        ])
    func leavesOtherKeys(_ key: String) {
        #expect(rules([key], "abc-def2") == [])
    }

    @Test(
        "what stands in for a secret is accepted",
        arguments: [
            "", " ", "null", "none", "true", "no", "secret:db-password", "vault:team/api-key",
            "keyring:x", "env:DB_PASSWORD", "op://vault/item/field", "${DB_PASSWORD}",
            "$DB_PASSWORD",
            "{{ secrets.DB }}", "${{ secrets.DB }}", "<your-token>", "$(DB_PASSWORD)",
            "%DB_PASSWORD%",
            "Bearer ${TOKEN}", "${DB_PASSWORD:-}", "****", "ghp_****************", "sk-…", "sk-...",
            "xxxxxxxx", "REDACTED", "[hidden]", "your-api-key-here", "DB_PASSWORD", "string",
            "os.environ[\"X\"]", "process.env.X", "vault.read(ref)", "https://issuer.example/token",
            "Enter your password", "パスワードを入力してください", "^[A-Za-z0-9]{8,}$", "30d", "200k",
            "allow", "ask", "deny", "write", "inherit", "-", "\u{2022}\u{2022}\u{2022}\u{2022}",
        ])
    func acceptsStandIns(_ text: String) {
        for key in ["password", "API_KEY", "token"] { #expect(rules([key], text) == [], "\(key)") }
    }

    @Test("a default behind a placeholder is a literal")
    func refusesDefaults() {
        #expect(rules(["password"], "${DB_PASSWORD:-hunter2}") == ["secret-literal"])
        #expect(rules(["password"], "${DB_PASSWORD:-${OTHER}}") == [])
    }

    @Test("numbers are accepted, digits in quotes are a text")
    func numbers() {
        #expect(rules(["password"], "12345678", style: .plain) == [])
        #expect(rules(["password"], "12345678", style: .quoted) == ["secret-literal"])
        #expect(rules(["token"], "0.75", style: .plain) == [])
    }

    @Test("names of secrets are accepted where names stand, values are not")
    func names() {
        #expect(rules(["secrets"], "db-password") == [])
        #expect(rules(["secrets"], "api-token") == [])
        #expect(rules(["credential"], "model-key") == [])
        #expect(rules(["auth"], "oauth2") == [])
        #expect(rules(["secrets"], "Sakura-7781!") != [])
        #expect(rules(["api_keys"], "Mw1Lb4Rh6fKQ2cQkurkVJqTYcp80pUmsjW6kNlo") != [])
        #expect(rules(["credentials", "db"], "Winter2026!") != [])
        #expect(rules(["secretKeyRef", "key"], "password") == [])
        #expect(rules(["valueFrom", "secretKeyRef", "password"], "db") == [])
    }

    @Test("what stands below a key for secrets is one, whatever common words it is made of")
    func below() {
        #expect(rules(["password", "value"], "hunter2") == ["secret-literal"])
        #expect(rules(["password", "value"], "sakurahana") == ["secret-literal"])
        #expect(rules(["password", "value"], "secret:db") == [])
        #expect(rules(["secrets", "db"], "hunter2") == ["secret-literal"])
        #expect(rules(["secrets", "x"], "correct horse battery staple") == ["secret-literal"])
        #expect(rules(["secrets", "db"], "db-password") == [])
        #expect(rules(["secrets", "why"], "Used by the nightly job.") == [])
        #expect(rules(["secrets", "description"], "correct horse battery staple") == [])
        #expect(rules(["auth"], "oauth2") == [])
    }

    @Test("the name beside a value says what it is")
    func pairs() {
        #expect(rules(["env", "value"], "hunter2", name: "SEARCH_API_KEY") == ["secret-literal"])
        #expect(rules(["env", "value"], "info", name: "LOG_LEVEL") == [])
        #expect(rules(["env", "value"], "${KEY}", name: "SEARCH_API_KEY") == [])
    }

    @Test("an assignment within a scalar is one")
    func assignments() {
        #expect(rules(["environment"], "DB_PASSWORD=hunter2") == ["secret-beside-key"])
        #expect(rules(["args"], "--token=abc123") == ["secret-literal"])
        #expect(rules(["environment"], "DB_PASSWORD=${DB_PASSWORD}") == [])
        #expect(rules(["args"], "--max-tokens=4096") == [])
        #expect(rules(["command"], "run --api-key Xy7pQ2mN9vB4 --port 8080") != [])
    }

    @Test("an excerpt shows four characters at most, and of a short match less")
    func excerpts() {
        func excerpt(_ text: String) -> String? {
            let value = ScannedValue(
                keys: [Array("password".utf8)], text: Array(text.utf8), style: .plain, line: 1,
                column: 1, pairName: nil)
            return SecretScan.standard.matches(in: value).first?.excerpt
        }
        #expect(excerpt("hunter2") == "hu")
        #expect(excerpt("correct horse battery staple") == "corr")
    }
}
