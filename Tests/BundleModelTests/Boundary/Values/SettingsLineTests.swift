import Testing

@testable import BundleModel

@Suite("Lines of settings")
struct SettingsLineTests {
    static let files = [
        "a.ini", "a.cfg", "a.conf", "a.env", ".env", "a.properties", ".my.cnf", ".pypirc",
        ".npmrc", "config", "credentials",
    ]
    static let joints = ["=", ":"].flatMap { [$0, "\($0) ", " \($0)", " \($0) "] }

    @Test("a pair is one whatever blanks stand around its sign", arguments: files, joints)
    func pairs(path: String, joint: String) {
        for key in ["password", "DB_PASSWORD", "db.password"] {
            let text = "[a]\nname = x\n\(key)\(joint)hunter2\nother = y\n"
            let found = BoundaryScan.findings(in: Array(text.utf8), path: path)
            #expect(found.map(\.location) == ["\(path):3:\(key.count + joint.count + 1)"])
        }
        for key in ["login", "account", "machine", "default"] {
            let text = "[a]\n\(key)\(joint)hunter2\npassword\(joint)hunter2\n"
            let found = BoundaryScan.findings(in: Array(text.utf8), path: path)
            #expect(found.map(\.line) == [3], "\(key)")
        }
    }

    static let others: [(String, TextKind, [String])] = [
        ("db.password:x", .properties, ["db.password=x"]),
        ("db.password x y", .properties, ["db.password=x y"]),
        ("a\\:b\\ c = d", .properties, ["a:b c=d"]),
        ("db.pass\\u0077ord=x", .properties, ["db.password=x"]),
        ("url http://x", .properties, ["url=http://x"]),
        ("alone", .properties, ["=alone"]),
        ("secret:tracker/api-token", .settings, ["=secret:tracker/api-token"]),
        ("localhost:8080", .settings, ["=localhost:8080"]),
        ("http://x/y", .settings, ["=http://x/y"]),
        ("C:\\:x", .settings, ["=C:\\:x", "=C::x"]),
        ("db.example:5432:app:me:pw:1", .settings, ["password=pw:1"]),
        ("*:*:*:me:pw", .settings, ["password=pw"]),
        ("a\\:b:5432:c:d:e", .settings, ["password=e"]),
        ("abc:b:c:d:e", .settings, ["abc=b:c:d:e"]),
        ("password hunter2", .settings, ["password=hunter2"]),
    ]

    @Test("properties of Java, addresses, and the words of .netrc and .pgpass", arguments: others)
    func reads(text: String, kind: TextKind, expected: [String]) {
        #expect(ReadValues.outline(text, kind) == expected)
    }

    @Test("a password file is refused by its last field")
    func passwordFile() {
        let text = "# c\ndb.example:5432:app:me:Sakura-9x\n"
        let found = BoundaryScan.findings(in: Array(text.utf8), path: "home/.pgpass")
        #expect(found.map(\.line) == [2])
    }
}
