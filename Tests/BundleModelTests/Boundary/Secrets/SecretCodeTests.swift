import Testing

@testable import BundleModel

@Suite("Secrets in code, markup and command lines")
struct SecretCodeTests {
    private func rules(_ text: String, inFile path: String) -> [String] {
        BoundaryScan.findings(in: Array(text.utf8), path: path).map(\.rule)
    }

    static let code: [(String, String)] = [
        ("a.py", #"DB_PASSWORD = "hunter2""#),
        ("a.py", #"connect(user="app", password="hunter2")"#),
        ("a.py", "cfg = {'api_key': 'abc123def456'}"), ("a.py", #"password = "password123""#),
        ("a.ts", "const apiKey: string = 'abc123def456';"), ("a.go", #"apiKey := "abc123""#),
        ("a.php", "'password' => 'hunter2',"), ("a.tf", #"password = "S3nh4""#),
        ("a.xml", "<config><password>hunter2</password></config>"),
        ("a.xml", #"<add key="Password" value="hunter2pw" />"#),
        ("a.xml", #"<db user="app" password="hunter2"/>"#),
        ("a.cs", #"var c = "Server=db;User Id=app;Password=hunter2;";"#),
        ("Dockerfile", "FROM a\nENV DB_PASSWORD hunter2\n"),
        ("Dockerfile", "FROM a\nARG TOKEN=abc123def456\n"),
        ("a.sh", "PGPASSWORD=hunter2 psql -h db"),
    ]

    @Test("a literal in code is refused whatever its entropy", arguments: code)
    func refusesLiterals(path: String, text: String) {
        #expect(rules(text, inFile: path) == ["secret-beside-key"])
    }

    static let reading: [(String, String)] = [
        ("a.py", #"password = os.environ["DB_PASSWORD"]"#), ("a.py", "token = get_token_v2(3)"),
        ("a.py", "connect(password=password2, token=tok[3])"), ("a.py", #"token_type = "bearer1""#),
        ("a.ts", "const token: string = await vault.read('secret:a/b2');"),
        ("a.ts", #"const KEYS = { secret: "client-secret", token: "access_token" };"#),
        ("a.go", #"password := flag.String("password", "", "the password, 12 or more")"#),
        ("a.xml", "<password>${db.password}</password>"), ("a.xml", "<token>string</token>"),
        ("a.xml", #"<input type="password" name="password" id="password2" />"#),
        ("a.sh", "PGPASSWORD=$PGPASSWORD psql"), ("a.sh", "TOKEN=$(vault read -field=t3 x)"),
        ("Dockerfile", "ARG TOKEN\nENV DB_PASSWORD ${DB_PASSWORD}\n"),
        ("a.tf", "password = var.db_password_2"), ("a.rb", "password: ENV['PASSWORD1'],"),
    ]

    @Test("code that reads a secret, or names one, is accepted", arguments: reading)
    func acceptsReading(path: String, text: String) {
        #expect(rules(text, inFile: path) == [])
    }

    @Test(
        "a password in a command line, a query or a table is refused in prose too",
        arguments: [
            "tool --password hunter2 run", "tool --password='hunter2' run",
            "docker login -u bot -p hunter2 ghcr.io", "mysql -uroot -phunter2 app",
            "redis-cli -a hunter2 ping", "sshpass -p hunter2 ssh h",
            "openssl enc -aes-256-cbc -pass pass:hunter2", "set DB_PASSWORD=hunter2",
            "curl -u 'bot:hunter2' https://x.example",
            "kubectl create secret generic db --from-literal=password=hunter2",
            "https://app.example.com/login?password=hunter2&user=a",
            "https://api.example.com/cb#access_token=AQnLjiwexdyHzQaLv6Phg7gLpIL7Ac&state=1",
            "postgres://app@db.internal/app", "mongodb://u:pw1@a,b,c/x?replicaSet=r",
            "Login: admin\nPassword: hunter2", "| パスワード | Sakura-7781! |",
            "Use API key Fb07HAjYbgKSImf7wJkBLbOlDFb8ZWjOapADNV0p for the search.",
        ])
    func refusesInProse(_ text: String) {
        #expect(rules(text, inFile: "prompts/a.md").count == 1)
    }

    @Test(
        "an item behind a flag is its value",
        arguments: [
            ("mcp/a.json", #"{"args": ["-y", "--api-key", "hunter2"]}"#),
            ("a.yaml", "command: [tool, --password, hunter2]"),
            ("a.yaml", "args:\n  - --token\n  - hunter2\n"),
        ])
    func arguments(path: String, text: String) {
        #expect(rules(text, inFile: path) == ["secret-literal"])
    }

    @Test(
        "an item behind a flag that has a value, or is about a secret, is none",
        arguments: [
            "args: [--token=secret:a/b, hunter2]", "args: [--token-file, a-2.txt]",
            "args: [--token, --verbose2]", "args: [--token, '${TOKEN}', hunter2]",
            "args: [[--token], hunter2]",
        ])
    func otherArguments(_ text: String) {
        #expect(rules(text, inFile: "a.yaml") == [])
    }

    @Test(
        "a pair is read however a file of settings joins it",
        arguments: [
            ("app.properties", "db.password : hunter2"), ("app.properties", "db.password: hunter2"),
            (".pypirc", "[x]\nusername = u\npassword = hunter2"),
            (".netrc", "machine h login u password hunter2"),
        ])
    func settings(path: String, text: String) {
        #expect(rules(text, inFile: path).count == 1)
    }

    @Test(
        "versions, digests and names of packages are no secrets",
        arguments: [
            ("package.json", #"{"dependencies": {"js-tokens": "~4.0.0", "token": "^1.0.0"}}"#),
            ("a.yaml", "password: '>=1.0.0 <2.0.0'"), ("a.yaml", "existingSecret: app-db"),
            ("a.yaml", "api_key: '@API_KEY@'"), ("a.yaml", "secret: 0x1F"),
            (
                "package-lock.json",
                #"{"a/js-tokens": {"integrity": "sha512-"#
                    + #"ZRP33hZWZAaoSAgJHInEESrvgfhIeuCvEL/J2uxTo+EgN6EdzQicfSV9T/dVCenOz0=="}}"#
            ),
        ])
    func packages(path: String, text: String) {
        #expect(rules(text, inFile: path) == [])
    }
}
