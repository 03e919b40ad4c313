import BundleModel
import Foundation
import SheafCommands
import TestSupport
import Testing

@testable import ServerCommands

/// The published JSON Schema, judged by an independent validator, Python's `jsonschema`.
@Suite("The JSON Schema of the daemon's settings")
struct SettingsSchemaTests {
    private static let script = """
        import json, sys
        from jsonschema import Draft202012Validator
        given = json.load(sys.stdin)
        Draft202012Validator.check_schema(given["schema"])
        validator = Draft202012Validator(given["schema"])
        json.dump([not list(validator.iter_errors(document)) for document in given["documents"]],
                  sys.stdout)
        """

    /// What is right, and what is wrong, in the words of the file.
    private static let right = [
        "store: /var/lib/sheaf", "policy: /etc/sheaf/policy.yaml", "listen: []",
        "listen: 127.0.0.1:7430", "listen: [\":7430\", \"[::1]:0\", runtime.example:1]",
        "tokens: /etc/sheaf/tokens.json", "plainHttp: true", "plainHttp: \"false\"",
        "tls: { certificate: /a.pem, key: /b.pem }",
        "tls: { certificate: /a.pem, key: /b.pem, clientAuthorities: /c.pem }",
        "follow: acme/a@stable", "follow: [acme/a@stable, b/c-d@e.f]", "follow: []",
        "sync: { interval: 10s, retry: 1m, maximumRetry: 2h, deadline: 1d }",
        "sync: { longPoll: none }", "sync: { longPoll: 5s, fetches: 256 }",
        "sync: { jitter: 0.25, fetches: 1 }", "sync: { jitter: 1 }", "log: { level: debug }",
        "log: { level: critical, format: json }", "log: { format: text }",
    ]
    private static let wrong = [
        "stor: /x", "store: relative", "policy: ./x", "tokens: ~/x", "store: [/x]",
        "listen: 127.0.0.1", "listen: [x]", "listen: \"::1:80\"", "plainHttp: maybe",
        "plainHttp: 1", "tls: { certificate: /a.pem }", "tls: { key: /a.pem }",
        "tls: { clientAuthorities: /c.pem }", "tls: { cert: /a.pem }", "tls: x",
        "tls: { certificate: a.pem, key: /b.pem }", "follow: nonsense", "follow: [acme/a]",
        "follow: [a/b@c, A/b@c]", "follow: a/b@c/d", "sync: { interval: often }",
        "sync: { interval: 0s }", "sync: { interval: 10 }", "sync: { every: 10s }",
        "sync: { retry: none }", "sync: { jitter: 7 }", "sync: { jitter: -1 }",
        "sync: { jitter: x }", "sync: { fetches: 0 }", "sync: { fetches: 257 }",
        "sync: { fetches: 1.5 }", "sync: 60s", "log: { level: loud }", "log: { format: xml }",
        "log: { colour: never }", "schema: sheaf/runtime/v2",
    ]

    private static func file(_ line: String) -> String {
        line.hasPrefix("schema:") ? line + "\n" : "schema: sheaf/runtime/v1\n\(line)\n"
    }

    @Test("has every key that the file may have, section by section, and no other")
    func keys() throws {
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(RuntimeSettingsSchema.json.utf8))
                as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        var found: Set<String> = []
        for (name, property) in properties where name != "schema" {
            if let keys = property["properties"] as? [String: Any] {
                found.formUnion(keys.keys.map { "\(name).\($0)" })
            } else {
                found.insert(name)
            }
        }
        #expect(found == Set(SettingKey.allCases.map(\.rawValue)))
    }

    @Test("accepts what the daemon reads, and refuses what it refuses")
    func agreement() async throws {
        let files = (Self.right + Self.wrong).map(Self.file)
        let schema = try JSONSerialization.jsonObject(with: Data(RuntimeSettingsSchema.json.utf8))
        let documents = try files.map { try Self.editorValue($0) }
        let input = try JSONSerialization.data(
            withJSONObject: ["schema": schema, "documents": documents])
        let python = Program(
            PythonProgram.interpreter, environment: TestEnvironment.base,
            directory: Fixtures.packageRoot)
        let output = try await python.run(["-c", Self.script], input: Array(input))
        try #require(output.succeeded, "\(output)")
        let verdicts = try JSONDecoder().decode([Bool].self, from: Data(output.standardOutput))
        for (index, file) in files.enumerated() {
            let isRight = index < Self.right.count
            #expect(verdicts[index] == isRight, "the schema, of \(file)")
            #expect(Self.isRead(file) == isRight, "the daemon, of \(file)")
        }
    }

    private static func isRead(_ text: String) -> Bool {
        do {
            let directory = try TemporaryDirectory()
            let file = try directory.write(text, to: "runtime.yaml").path(percentEncoded: false)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: file)
            _ = try SettingsReader.read(file: file, flags: [:], environment: ["HOME": "/home/pia"])
            return true
        } catch {
            return false
        }
    }

    /// The document as an editor reads it: scalars as the core schema of YAML 1.2 types them.
    private static func editorValue(_ text: String) throws -> Any {
        let root = try #require(YamlDocument.read(Array(text.utf8), log: FindingLog(path: "x")))
        return value(root)
    }

    private static func value(_ node: YamlNode) -> Any {
        switch node.content {
        case .sequence(let items): return items.map(value)
        case .mapping(let entries):
            return Dictionary(
                entries.map { ($0.key, value($0.value)) }, uniquingKeysWith: { $1 })
        case .scalar(let text, let isPlain):
            guard isPlain else { return text }
            if text == "true" || text == "false" { return text == "true" }
            if let number = Int(text) { return number }
            return Double(text) ?? text
        }
    }
}
