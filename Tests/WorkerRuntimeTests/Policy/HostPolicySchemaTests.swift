import BundleModel
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// The published JSON Schema, judged by an independent validator, Python's `jsonschema`.
@Suite("The JSON Schema of the host policy")
struct HostPolicySchemaTests {
    private static let script = """
        import json, sys
        from jsonschema import Draft202012Validator
        given = json.load(sys.stdin)
        Draft202012Validator.check_schema(given["schema"])
        validator = Draft202012Validator(given["schema"])
        json.dump({name: [error.message for error in validator.iter_errors(document)]
                   for name, document in given["documents"].items()}, sys.stdout)
        """

    private func validate(_ documents: [String: Any]) async throws -> [String: [String]] {
        let schema = try JSONSerialization.jsonObject(with: Data(HostPolicySchema.json.utf8))
        let input = try JSONSerialization.data(
            withJSONObject: ["schema": schema, "documents": documents])
        let python = ProcessInfo.processInfo.environment["SHEAF_PYTHON"] ?? "python3"
        let program = Program(
            python, environment: TestEnvironment.base, directory: Fixtures.packageRoot)
        let output = try await program.run(["-c", Self.script], input: Array(input))
        try #require(output.succeeded, "\(output)")
        return try JSONDecoder().decode(
            [String: [String]].self, from: Data(output.standardOutput))
    }

    /// A policy as JSON, with scalars as the policy's own schema types them; nil when it is not
    /// YAML of the strict kind.
    private func document(_ file: String) throws -> Any? {
        let log = FindingLog(path: file)
        let root = YamlDocument.read(try Fixtures.bytes("policies/\(file)"), log: log)
        return log.findings.isEmpty ? root.map(Self.json) : nil
    }

    private static func json(_ node: YamlNode) -> Any {
        switch node.content {
        case .scalar(let text, let isPlain):
            if node.isNull { return NSNull() }
            if isPlain, text == "true" || text == "false" { return text == "true" }
            return text
        case .sequence(let items): return items.map(json)
        case .mapping(let entries):
            return Dictionary(
                entries.map { ($0.key, json($0.value)) }, uniquingKeysWith: { $1 })
        }
    }

    @Test("accepts every example policy")
    func good() async throws {
        var documents: [String: Any] = [:]
        for file in PolicyFixtureTests.rightFiles { documents[file] = try document(file) }
        let problems = try await validate(documents)
        #expect(problems.count == PolicyFixtureTests.rightFiles.count)
        for (file, messages) in problems { #expect(messages == [], "\(file)") }
    }

    @Test("refuses every broken policy that is YAML at all")
    func broken() async throws {
        var documents: [String: Any] = [:]
        for file in PolicyFixtureTests.brokenFiles {
            documents[file] = try document("broken/\(file)")
        }
        #expect(documents.count >= 12)
        for (file, messages) in try await validate(documents) {
            #expect(!messages.isEmpty, "\(file)")
        }
    }

    @Test("refuses each broken entry of a policy on its own")
    func entries() async throws {
        var documents: [String: Any] = [:]
        for (file, section) in [
            ("scopes", "grants"), ("destinations", "grants"), ("sources", "grants"),
            ("ids", "grants"), ("ids", "engines"), ("ids", "plugins"), ("ids", "workspaces"),
            ("values", "plugins"), ("values", "engines"), ("values", "workspaces"),
            ("missing-parts", "grants"), ("missing-parts", "plugins"),
            ("relative-paths", "engines"), ("relative-paths", "workspaces"),
        ] {
            let root = try #require(try document("broken/\(file).yaml") as? [String: Any])
            for (key, value) in try #require(root[section] as? [String: Any]) {
                documents["\(file) \(section) \(key)"] = [
                    "schema": HostPolicySchema.identifier, section: [key: value],
                ]
            }
        }
        #expect(documents.count > 40)
        for (entry, messages) in try await validate(documents) {
            #expect(!messages.isEmpty, "\(entry)")
        }
    }
}
