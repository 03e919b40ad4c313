import Testing

@testable import BundleModel

@Suite("Secrets in the columns of tables, and in blocks of lines")
struct SecretTableTests {
    /// Texts of much chance, put together so that they stand nowhere in clear.
    private static let chance = "Zk3q" + "9LmX2vRt8Wb5Yc7DfGh"
    private static let other = "pQ7w" + "N4sTz6Vb1Kd8Mj3Rx5Lc"

    private func findings(_ text: String, _ path: String) -> [Finding] {
        BoundaryScan.findings(in: Array(text.utf8), path: path)
    }

    static let tables: [(String, String, [Int])] = [
        ("a.md", "| user | password |\n|------|----------|\n| bob | \(chance) |\n", [3]),
        ("a.md", "user | password\n--- | :---:\nbob | `\(chance)`\nann | \(other)\n", [3, 4]),
        (
            "a.md", "| name | API key | note |\n|:--|--:|---|\n| a \\| b | **\(chance)** | x |\n",
            [3]
        ),
        ("a.md", "| 名前 | パスワード |\n|---|---|\n| 太郎 | \(chance) |\n", [3]),
        ("a.md", "| Token | Secret |\n|-|-|\n| \(chance) | \(other) |\n", [3, 3]),
        ("a.csv", "user,password,note\nbob,\(chance),x\nann,short,y\n", [2]),
        ("a.csv", "user,note,password\r\nbob,x,\(chance)\r\n", [2]),
        ("a.csv", "\"user\";\"db password\";\"mail\"\n\"b;o\";\"\(chance)\";\"x\"\n", [2]),
        ("a.tsv", "user\tapi_key\nbob\t\(chance)\n", [2]),
        ("a.md", "Text.\n\n```\nuser,token\nbob,\(chance)\n```\n", [5]),
    ]

    @Test("a cell of much chance below a key word is refused, on its line", arguments: tables)
    func refusesCells(path: String, text: String, lines: [Int]) {
        let found = findings(text, path)
        #expect(found.map(\.line) == lines, "\(found)")
        #expect(found.allSatisfy { $0.rule == "secret-beside-key" })
    }

    private static let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

    static let harmless: [(String, String)] = [
        ("a.md", "| user | password |\n|---|---|\n| bob | ask the operator of the day |\n"),
        ("a.md", "| user | password |\n|---|---|\n| bob | secret:tracker/api-token-2024 |\n"),
        ("a.md", "| user | token |\n|---|---|\n| bob | ${TRACKER_TOKEN_OF_TEAM_42} |\n"),
        ("a.md", "| user | token |\n|---|---|\n| bob | \(digest) |\n"),
        ("a.md", "| model | tokens |\n|---|---|\n| claude-sonnet-4-20250514-v1 | 8192 |\n"),
        ("a.md", "| token | what |\n|---|---|\n| 123e4567-e89b-12d3-a456-426614174000 | id |\n"),
        ("a.md", "| password policy | x |\n|---|---|\n| \(chance) | y |\n"),
        ("a.md", "| user | password of |\n|---|---|\n| bob | \(chance) |\n"),
        ("a.md", "| user | password |\n|---|---|\n| bob | \(chance) of old |\n"),
        ("a.csv", "user,password\nbob,\(chance) \(other)\n"),
        ("a.md", "| user | password |\n\n| bob | \(chance) |\n"),
        ("a.md", "| password | user |\n|---|---|\n| none | \(chance) |\n"),
        ("a.csv", "user,password\nbob,see the vault of the team\n"),
        ("a.csv", "user,password,note\nbob,\(chance)\n"),
        ("a.txt", "It takes a name, a password,\nand then \(chance).\n"),
    ]

    @Test("what no cell below a key word is, or no secret, is accepted", arguments: harmless)
    func accepts(path: String, text: String) {
        #expect(findings(text, path).isEmpty)
    }

    static let blocks: [(String, String, Int)] = [
        ("a.tf", "locals {\n  api_key = <<EOT\n\(chance)\nEOT\n}\n", 3),
        ("a.tf", "  auth {\n    password = <<-EOT\n      hunter2abc\n    EOT\n  }\n", 3),
        ("a.rb", "password = <<~\"END\"\n  hunter2abc\nEND\n", 2),
        ("a.php", "$password = <<<'TXT'\nhunter2abc\nTXT;\n", 2),
        ("a.nix", "{ token = ''\(chance)''; }\n", 1),
        ("a.nix", "{\n  secretKey = ''\n    hunter2abc\n  '';\n}\n", 3),
        ("a.nix", "{ services.app.database.password = \"hunter2abc\"; }\n", 1),
        ("a.tf", "resource \"x\" \"y\" {\n  auth {\n    password = \"hunter2abc\"\n  }\n}\n", 3),
        ("a.md", "```nix\ntoken = ''\n  \(chance)\n'';\n```\n", 3),
    ]

    @Test("a literal alone in a block behind a key is refused, on its line", arguments: blocks)
    func refusesBlocks(path: String, text: String, line: Int) {
        let found = findings(text, path)
        #expect(found.map(\.line) == [line], "\(found)")
        #expect(found.allSatisfy { $0.rule == "secret-beside-key" })
    }

    static let texts: [(String, String)] = [
        ("a.tf", "password_help = <<EOT\nAt least 12 signs, one of them a digit.\nEOT\n"),
        ("a.tf", "api_key = <<EOT\n${var.api_key_2}\nEOT\n"),
        ("a.tf", "token = <<EOT\n\(chance)\nis not all\nEOT\n"),
        ("a.nix", "{ password = ''${config.secrets.db2}''; }\n"),
        ("a.nix", "{ token = ''\n  echo 1\n  echo 2\n''; }\n"),
        ("a.py", "password = ''\nuser1 = ''\n"),
        ("a.yaml", "password: ''\nuser: bob42\n"),
    ]

    @Test("a block that refers to a secret, or is a text, is accepted", arguments: texts)
    func acceptsTexts(path: String, text: String) {
        #expect(findings(text, path).isEmpty)
    }
}
