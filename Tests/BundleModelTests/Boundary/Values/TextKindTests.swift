import Testing

@testable import BundleModel

@Suite("What a file holds, by its name and its first bytes")
struct TextKindTests {
    static let named: [(String, TextKind)] = [
        ("profiles/a.yaml", .yaml), ("A.YML", .yaml), ("a.json", .json), ("a.jsonl", .json),
        ("tsconfig.jsonc", .json), ("a.toml", .toml), ("Cargo.lock", .toml), (".env", .settings),
        ("env/.env.production", .settings), ("prod.env", .settings), ("env.json", .json),
        (".environment.yaml", .yaml), ("dockerfile.yaml", .yaml), ("Dockerfile.test", .code),
        (".env.example", .settings), (".npmrc", .settings),
        (".netrc", .settings), ("x.ini", .settings), ("x.properties", .properties),
        ("prompts/a.md", .markdown), ("a.mdx", .markdown), ("README", .markdown),
        ("a.rst", .plain), ("LICENSE", .plain), ("a.py", .code), ("Dockerfile", .code),
        ("Dockerfile.dev", .code), ("Makefile", .code), ("values.yaml.example", .yaml),
        ("a.unknown", .plain), ("no-ending", .plain), ("", .plain),
        ("values.yaml.save", .yaml), ("a.yaml~", .yaml), ("#a.yaml#", .yaml),
        ("a.yaml.gotmpl", .yaml), ("a.yaml.erb", .yaml), ("index.html.erb", .code),
        ("mail.hbs", .code), ("a.properties", .properties), (".pgpass", .settings),
        ("config", .settings), ("credentials", .settings), (".env.local.example", .settings),
        ("a.json.gz", .plain), ("a.json.bak", .json),
    ]

    @Test("by its name", arguments: named)
    func byName(path: String, kind: TextKind) {
        #expect(TextKind(path: path, head: []) == kind)
    }

    static let heads: [(String, TextKind)] = [
        ("#!/bin/sh\n", .code), ("{\"a\": 1}", .json), ("[1, 2]", .json), ("\n  [\n", .json),
        ("[section]\na = b\n", .settings), ("---\na: b\n", .yaml),
        ("---\na: b\n---\nSome prose here\n", .markdown), ("A=b\n# c\nD=e\nF=", .settings),
        ("Just a text\n", .plain), ("", .plain),
        ("a: b\nc:\n  - d\n  e: f\n", .yaml), ("# c\npassword: x\n", .yaml),
        ("- a: b\n  c: |\n    Some text.\n", .yaml),
        ("apiVersion: v1\nusers:\n- name: x\n", .yaml),
        ("Format: x\nLicense: y\n Some text.\n .\nName: z\n", .plain),
        ("Subject: a text\n\nDear all,\nthis is it.\n", .plain), ("- one\n- two\n", .plain),
        ("Note: one\ntwo words: three\n", .plain),
    ]

    @Test("a text file that holds values under keys")
    func texts() {
        func kind(_ head: String) -> TextKind {
            TextKind(path: "notes.txt", head: Array(head.utf8)[...])
        }
        #expect(kind("host: x\npassword: y\n") == .yaml)
        #expect(kind("A=b\nC=d\n") == .settings)
        #expect(kind("{\"a\": 1}") == .json)
        #expect(kind("[1] See there.\n") == .plain)
        #expect(kind("Some words.\n") == .plain)
    }

    @Test("by its first bytes where the name does not tell", arguments: heads)
    func byContents(head: String, kind: TextKind) {
        #expect(TextKind(path: "assets/data", head: Array(head.utf8)[...]) == kind)
        #expect(TextKind(path: "x.lock", head: Array(head.utf8)[...]) == kind)
    }
}
