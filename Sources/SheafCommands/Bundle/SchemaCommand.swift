internal import ArgumentParser
internal import BundleModel

/// `sheaf schema`: the JSON Schemas of the documents, for editors.
struct SchemaCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of a kind of document.",
        discussion: """
            Editors complete and check the YAML documents of a bundle with these schemas. \
            Without a kind, the kinds are listed.

            EXAMPLES
              sheaf schema
              sheaf schema profile > profile.schema.json

            JSON
              without a kind: {"kinds": [{"kind", "schema"}]}; otherwise the JSON Schema
              itself
            """)

    @Argument(
        help: "The kind of document.",
        completion: .list(DocumentSchema.allCases.map(\.rawValue)))
    var kind: String?

    @OptionGroup var output: OutputOptions

    private struct Kinds: Encodable {
        struct Kind: Encodable {
            let kind: String
            let schema: String
        }

        let kinds: [Kind]
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        if let kind {
            let json = try Self.schema(kind).json
            try console.write(json.hasSuffix("\n") ? json : json + "\n")
            return .yes
        }
        let kinds = DocumentSchema.allCases.map {
            Kinds.Kind(kind: $0.rawValue, schema: $0.identifier)
        }
        try console.show(Kinds(kinds: kinds)) { style in
            var table = TextTable(["KIND": .left, "SCHEMA": .left])
            for kind in kinds { table.add([kind.kind, kind.schema]) }
            return table.text(style)
        }
        return .yes
    }

    private static func schema(_ kind: String) throws(SheafError) -> DocumentSchema {
        if let schema = DocumentSchema(rawValue: kind) { return schema }
        throw SheafError(
            .invalidRequest, "there is no kind '\(DisplayText.escape(kind))' of document",
            hint: "kinds: \(DocumentSchema.allCases.map(\.rawValue).joined(separator: ", "))")
    }
}
