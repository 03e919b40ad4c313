import BundleModel
import Foundation
import Testing

@Suite("The JSON Schemas of the documents")
struct DocumentSchemaTests {
    /// The documents of a bundle that have a kind and can be read as YAML.
    private static func documents(
        of bundle: BundleFiles
    ) -> [(path: String, document: SchemaValidator.Document)] {
        let kinds: [String: DocumentSchema] = [
            "profiles": .profile, "tools": .tool, "models": .model, "plugins": .plugin,
            "policies": .declaration, "workflows": .workflow,
        ]
        return bundle.files.sorted { $0.key < $1.key }.compactMap { path, bytes in
            guard path.hasSuffix(".yaml"), let root = YamlText(bytes: bytes).root else {
                return nil
            }
            let directory = path.split(separator: "/").first.map(String.init) ?? ""
            guard let kind = path == "bundle.yaml" ? .bundle : kinds[directory] else { return nil }
            return (path, SchemaValidator.Document(kind: kind, root: root))
        }
    }

    @Test("every document of the fixtures is valid for an independent validator")
    func fixtures() throws {
        var documents = Self.documents(of: .design)
        for fixture in BundleFixture.bundles { documents += Self.documents(of: try fixture.load()) }
        let complaints = try SchemaValidator.complaints(about: documents.map(\.document))
        #expect(documents.count > 60)
        #expect(Set(documents.map(\.document.kind)) == Set(DocumentSchema.allCases))
        for (document, complaint) in zip(documents, complaints) {
            #expect(complaint == [], "\(document.path)")
        }
    }

    @Test("what a schema can express and the check refuses, the validator refuses too")
    func broken() throws {
        let expressible: Set<String> = [
            "unknown-key", "missing-key", "wrong-type", "unknown-schema", "unknown-value",
            "invalid-id", "invalid-name", "empty-text", "duplicate-entry", "invalid-language",
            "literal-in-reference", "unknown-scheme", "scheme-of-another-kind",
            "path-leaves-bundle", "invalid-path", "wrong-directory", "invalid-version",
            "invalid-package", "invalid-sha256", "invalid-environment-name",
            "reserved-environment-name", "invalid-extends", "empty-list",
            "reference-in-place-of-name",
        ]
        // Not expressible: a name that no file has.
        let exceptions: Set<String> = ["literal-like-a-name"]
        var documents: [(name: String, document: SchemaValidator.Document)] = []
        for bundle in BrokenBundle.all where !exceptions.contains(bundle.name) {
            let broken = Set(bundle.rows.filter { expressible.contains($0.rule) }.map(\.path))
            documents += Self.documents(of: try bundle.load()).filter { broken.contains($0.path) }
                .map { ("\(bundle.name)/\($0.path)", $0.document) }
        }
        let complaints = try SchemaValidator.complaints(about: documents.map(\.document))
        #expect(documents.count > 35)
        for (document, complaint) in zip(documents, complaints) {
            #expect(complaint != [], "\(document.name)")
        }
    }

    @Test(
        "a schema names itself, its title, and what each key is for",
        arguments: DocumentSchema.allCases)
    func described(_ schema: DocumentSchema) throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(schema.json.utf8)) as? [String: Any])
        #expect(object["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(object["title"] as? String != nil)
        let properties = try #require(object["properties"] as? [String: [String: Any]])
        #expect(properties["schema"]?["const"] as? String == schema.identifier)
        for (key, property) in properties {
            #expect(property["title"] as? String != nil, "\(key)")
            #expect(property["description"] as? String != nil, "\(key)")
        }
    }

    @Test("the schema and the parser know the same keys", arguments: DocumentSchema.allCases)
    func keys(_ schema: DocumentSchema) throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(schema.json.utf8)) as? [String: Any])
        let properties = try #require(object["properties"] as? [String: Any])
        let path = try #require(
            [
                .bundle: "bundle.yaml", .profile: "profiles/x.yaml", .tool: "tools/x.yaml",
                .model: "models/x.yaml", .plugin: "plugins/x.yaml", .declaration: "policies/x.yaml",
                .workflow: "workflows/x.yaml",
            ][schema])
        var text = "schema: \(schema.identifier)\n"
        for key in properties.keys where key != "schema" { text += "\(key): {}\n" }
        let known = ParsedDocument(path: try BundlePath(path), bytes: Array(text.utf8))
        #expect(!known.findings.contains { $0.rule == "unknown-key" })
        text += "another: 1\n"
        let unknown = ParsedDocument(path: try BundlePath(path), bytes: Array(text.utf8))
        let hint = try #require(unknown.findings.first { $0.rule == "unknown-key" }?.hint)
        #expect(
            Set(
                hint.replacing("supported keys: ", with: "").split(separator: ", ").map(String.init)
            )
                == Set(properties.keys))
    }
}
