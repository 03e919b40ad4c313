import Testing

@testable import BundleModel

@Suite("Anchors, aliases and tags of YAML")
struct YamlPropertyTests {
    private static func rules(_ text: String) -> [String] {
        BoundaryScan.findings(in: Array(text.utf8), path: "a.yaml").map {
            "\($0.rule):\($0.line ?? 0):\($0.column ?? 0)"
        }
    }

    @Test(
        "an alias under a key for secrets is the literal that its anchor marks",
        arguments: [
            ("x: &p hunter2\npassword: *p\n", 2, 11), ("x: &p 'hunter2'\npassword: *p\n", 2, 11),
            ("x: &p\n  hunter2\npassword: *p\n", 3, 11),
            ("x: &p |\n  hunter2\npassword: *p\n", 3, 11),
            ("x: &p !!str hunter2\npassword: *p\n", 2, 11),
            ("x: !!str &p hunter2\npassword: *p\n", 2, 11),
            ("x: [&p hunter2, a]\ny: {password: *p}\n", 2, 15),
            ("x: &p old\nz: &p hunter2\npassword: *p\n", 3, 11),
            ("base: &b\n  x: &p hunter2\n  password: *p\nuse:\n  <<: *b\n", 3, 13),
            ("x: &p hunter2\nenv:\n- name: DB_PASSWORD\n  value: *p\n", 4, 10),
            ("password: *unknown-x1\n", 1, 11),
        ])
    func aliases(text: String, line: Int, column: Int) {
        #expect(Self.rules(text) == ["secret-literal:\(line):\(column)"])
    }

    @Test(
        "an alias of what is no literal is accepted",
        arguments: [
            "x: &p secret:db/password\npassword: *p\n", "x: &p ${DB}\npassword: *p\n",
            "x: &p hunter2\nname: *p\n", "x: &p {a: b}\npassword: *p\n",
            "x: &p\n  a: b\npassword: *p\n", "x: &p [a, b]\npassword: *p\n",
            "x: &p\npassword: *p\n", "&p key: v\npassword: *p\n",
        ])
    func acceptedAliases(text: String) {
        #expect(Self.rules(text) == [])
    }

    @Test("a text that begins with a star and names no anchor is kept")
    func stars() {
        #expect(ReadValues.outline("a: **Note** x\nb: *.md", .yaml) == ["a=**Note** x", "b=*.md"])
    }

    @Test("so many anchors and aliases take no more room than the first of them")
    func many() {
        let long = String(repeating: "x", count: 300)
        let text =
            (0..<3_000).map { "a\($0): &p\($0) \(long)\n" }.joined()
            + (0..<3_000).map { "b\($0): *p\($0)\n" }.joined()
        let values = ReadValues.of(text, .yaml).filter(\.isAlias)
        #expect(values.count == YamlAnchors.most)
        #expect(values.allSatisfy { $0.text.count == YamlAnchors.longest })
    }

    @Test(
        "the name behind a tag that resolves it is no literal",
        arguments: [
            "password: !secret db_password", "password: !Ref DbPassword", "token: !env API_TOKEN1",
            "password: !GetAtt Db.Password1", "auth: {password: !secret db_password2}",
        ])
    func tags(text: String) {
        #expect(Self.rules(text) == [])
    }

    @Test(
        "any other tag, and what is no name, says nothing for a literal",
        arguments: [
            "password: !x hunter2", "password: !!str hunter2", "password: !env_var KEY hunter2",
            "password: !secret Mw1Lb4Rh6fKQ2cQkurkVJqTYcp80pUmsjW6kNlo",
            "a: !secret b\npassword: hunter2", "password: !Sub [hunter2]",
        ])
    func otherTags(text: String) {
        #expect(!Self.rules(text).isEmpty)
    }
}
