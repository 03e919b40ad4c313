import Testing

@testable import BundleModel

/// Forms that a secret is written in, each with the same text of much chance or a typed password.
@Suite("The forms that a secret is written in")
struct SecretFormsTests {
    /// 40 characters of base62.
    static let random = "pLIix6MEOLeMa61EqJom" + "TEI1JEzO3joOj37HyVaQ"
    static let typed = "Kq9v" + "T2xLmP"

    private func rules(_ text: String, inFile path: String) -> [String] {
        let whole = text.replacing("X40", with: Self.random).replacing("X10", with: Self.typed)
        return BoundaryScan.findings(in: Array(whole.utf8), path: path).map(\.rule)
    }

    static let texts: [(String, String)] = [
        // A flag and its value, a name and its value, as items of a list.
        ("a.json", #"{"args": ["--api-key", "X40"]}"#), ("a.yaml", "args:\n- --token\n- X40\n"),
        ("a.md", #""args": ["--api-key", "X40"]"#), ("a.py", #"run(["x", "--token", "X40"])"#),
        ("Dockerfile", #"CMD ["x", "--token", "X10"]"#), ("a.py", "[\n  '--token',\n  'X10',\n]"),
        ("a.php", "define('DB_PASSWORD', 'X10');"), ("a.js", #"store.setItem("token", "X40")"#),
        ("a.py", #"environ.setdefault("API_KEY", "X40")"#), ("a.csv", "DB_PASSWORD,X40\n"),
        ("a.java", #"props.put("password", "X40");"#),
        // What ends a value.
        ("a.md", "https://x.example/?token=X40&y=1"), ("a.js", #""token: X40\n""#),
        ("a.md", "token: X40<br>"), ("a.md", "<code>token: X40</code>"),
        ("a.json", #"{"u": "https://x.example/?token=X40&y=1"}"#),
        ("a.md", "password: \"" + String(repeating: "X40", count: 20) + "\""),
        // Elements, attributes, cells.
        ("a.xml", #"<entry key="api.token">X40</entry>"#),
        ("a.html", #"<meta name="api-key" content="X40">"#),
        ("a.plist", "<key>APIToken</key>\n<string>X40</string>"), ("a.md", "| `API_KEY` | `X40` |"),
        ("a.md", "<b>Password:</b> X40"),
        // Japanese.
        ("a.md", "パスワード→X40"), ("a.md", "パスワード　X40"), ("a.md", "【パスワード】X40"),
        ("a.md", "パスワード「X40」"), ("a.md", "パスワードを「X40」に設定"), ("a.md", "パスワードは、X40です"),
        ("a.md", "パスワード（本番）：X40"), ("a.md", "パスワード(本番): X40"), ("a.md", "ＡＰＩキー＝X40"),
        ("a.md", "ＰＡＳＳＷＯＲＤ：X40"), ("a.md", "ﾊﾟｽﾜｰﾄﾞ: X40"), ("a.md", "API鍵: X40"),
        ("a.yaml", "ﾊﾟｽﾜｰﾄﾞ: hunter2\n"), ("a.yaml", "パスワード_本番: hunter2\n"),
        ("a.yaml", "パスワード1: hunter2\n"), ("a.yaml", "クレデンシャル: hunter2\n"),
        ("a.yaml", "認証: X10\n"), ("a.yaml", "口令: hunter2\n"), ("a.yaml", "암호: hunter2\n"),
        ("a.yaml", "パスワード: さくらもち\n"), ("a.yaml", "パスワード: さくら7781番\n"),
        // Pairs within a value.
        ("a.json", #"{"c": "Server=db;User Id=sa;Password=swordfish;"}"#),
        ("a.json", #"{"c": "host=db user=app password=swordfish"}"#),
        ("a.json", #"{"c": "jdbc:postgresql://db/x?user=u&password=swordfish"}"#),
        ("a.json", #"{"c": "user=x;password=hunter2"}"#),
        ("a.json", #"{"c": "A=1 DB_PASSWORD=hunter2"}"#),
        // Prose.
        ("a.md", "the password -> X40"), ("a.md", "password — X40"), ("a.md", "password (X40)"),
        ("a.md", "password set to X40"), ("a.md", "Password:\nX40\n"),
        ("a.md", "API key:\n```\nX40\n```\n"),
        ("a.md", #"Your API key for prod is "X40"."#), ("a.md", "password (prod): X40"),
        // Code.
        ("a.sh", #"TOKEN="${TOKEN:-X40}""#), ("a.kt", #"val token: String? = "X40""#),
        ("a.c", #"char api_key[] = "X40";"#),
        ("a.js", #"const key = process.env.API_KEY ?? "X40";"#),
        ("a.rs", #"let token: &str = "X40";"#),
        // Addresses.
        ("a.md", "postgres://u:Kq9#vT2x@host/db"), ("a.md", "postgres://u:Kq9/vT2x@host/db"),
        // A weak key.
        ("a.yaml", "Authorization: Bearer Sakura-77\n"),
    ]

    @Test("a secret is refused in every form", arguments: texts)
    func refuses(path: String, text: String) {
        #expect(!rules(text, inFile: path).isEmpty)
    }

    @Test(
        "a literal under a password is refused, whatever it looks like",
        arguments: [
            "admin", "public", "private", "Kq9---T2xLmPw4", "Kq9vxxxT2LmPw4", "Kq9...T2xLmPw4",
            "7 horses staple battery", "^X10", "config.X10", "data.X10", "hunter2(prod)",
            "Pa$$w0rd[1]", "abc://hunter2", "pass:X10", "op:X10", "prompt:hunter2", "input:X40",
            "ref+X10", "projects/X10", "your horse battery staple", "look-here-X10", "X10example",
            "correct horse battery staple!", "open the secret door now", "<X10>", "(X10)", "[X10]",
            "{X10}", "__X10__", "%X10%", "@@X10@@", "P@ss$w0rd", "Kq9v$T2xLmP", "$X10",
            "{noop}hunter2", "<b>hunter2</b>", ":hunter2", "todo-X107", "KQ_7X_9V_T2", "ひらけごま",
            "猫が7781ひき", "${DB_PASSWORD:-swordfish}",
        ])
    func refusesLiteral(_ value: String) {
        #expect(rules("{\"db\": {\"password\": \"\(value)\"}}", inFile: "a.json") != [])
    }

    @Test(
        "what stands in for a password is accepted",
        arguments: [
            "<your password>", "<oauth2-token>", "${DB_PASSWORD}",
            "{{ .Values.db.password | quote }}",
            "{password}", "[REDACTED]", "__DB_PASSWORD__", "%DB_PASSWORD%", "$DB_PASSWORD",
            ":password",
            "ghp_****", "sk-...", "eyJhbGciOiJIUzI1NiJ9...", "30 days", "4096 tokens/min",
            "secret:tracker/api-token-2", "vault:a/b2", "op://vault/item/field", "aws-sm:prod/db2",
            "projects/p1/secrets/db/versions/3", "ref+vault://a/b2", "os.environ[\"DB\"]",
            "get_token_v2(3)", "https://issuer.example/token", "postgres://localhost/db",
            "YOUR_API_KEY",
            "change-me-in-production-32chars", "Must be at least 12 characters.",
            "Enter your password",
            "Passwort", "Mot de passe", "RS256", "#3b82f6",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMq",
            "$ANSIBLE_VAULT;1.1;AES256", "8文字以上", "必須", "^[A-Za-z0-9]{8,}$",
        ])
    func acceptsStandIn(_ value: String) {
        let text = value.replacing("\"", with: "\\\"")
        #expect(rules("{\"db\": {\"password\": \"\(text)\"}}", inFile: "a.json") == [])
    }

    @Test(
        "beside a word that only may describe it, a text of much chance is refused",
        arguments: [
            "PUBLIC_API_TOKEN", "PAGE_ACCESS_TOKEN", "NEXT_AUTH_SECRET", "SYNC_SERVER_PASSWORD",
            "LIST_MONK_PASSWORD", "PARSE_MASTER_KEY", "GET_API_KEY", "PROMPT_LAYER_API_KEY",
            "create_db_password", "reset_token", "read_api_key", "request_token",
            "private_key_data",
            "token_data", "PASSWORD_OF_DB", "SECRET_FOR_CI", "api_key_client",
            "PASSWORD_ADMIN_USER",
        ])
    func refusesDescribed(_ key: String) {
        #expect(rules("\(key): X40\n", inFile: "a.yaml") != [])
        #expect(rules("\(key): some-name\n", inFile: "a.yaml") == [])
    }

    @Test(
        "beside a word of a quantity, a cursor or a name it is not",
        arguments: [
            "max_tokens", "token_count", "nextPageToken", "token_id", "password_hash", "tokenUrl",
        ])
    func acceptsDescribed(_ key: String) {
        #expect(rules("\(key): X40\n", inFile: "a.yaml") == [])
    }

    @Test(
        "a key whose words nothing joins names a secret, in other languages too",
        arguments: [
            "dbpass", "DBPASS", "userpw", "rootpw", "adminpw", "mypwd", "senha", "clave",
            "contrasena",
            "motdepasse", "mot_de_passe", "wachtwoord", "hasło", "parola",
        ])
    func refusesOtherWords(_ key: String) {
        #expect(rules("\(key): hunter2\n", inFile: "a.yaml") != [])
    }

    @Test(
        "a key id is found beside a slash, and in the name of a file",
        arguments: ["k/ID", "https://x.example/ID/20240101/s3", "s3/ID"])
    func besideSlash(_ text: String) {
        let id = "AK" + "IA" + "Q7ZP3LMX9RWT2VBN"
        let whole = text.replacing("ID", with: id)
        #expect(rules(whole, inFile: "a.md") == ["aws-access-key-id"])
        #expect(
            rules(
                "", inFile: "\(text.replacing("https://", with: "").replacing("ID", with: id)).txt")
                != [])
    }

    @Test(
        "a password made of the words of examples is accepted in prose, with digits for letters",
        arguments: ["password: Passw0rd!", "password: P@ssw0rd123", "password: 'p@ssw0rd'"])
    func commonPasswords(_ text: String) {
        #expect(rules(text, inFile: "a.md") == [])
    }

    @Test(
        "a link of Markdown to a page of a site is no path of a host",
        arguments: [
            ("[home](/home/start)", true), ("[x](/tmp/y.md)", true),
            ("[x](/home/alice/notes.md)", false),
            ("[x](/var/run/docker.sock)", false), ("see /tmp/y.md (here)", false),
        ])
    func links(text: String, isAccepted: Bool) {
        #expect(rules(text, inFile: "a.md").isEmpty == isAccepted)
    }
}
