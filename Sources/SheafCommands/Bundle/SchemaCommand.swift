internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf schema`: the JSON Schemas of the documents, for editors.
struct SchemaCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of a kind of document.",
        discussion: """
            Editors complete and check the YAML documents of a bundle, the host policy, and the \
            settings of a runtime's daemon with these schemas. Without a kind, the kinds are \
            listed.

            EXAMPLES
              sheaf schema
              sheaf schema profile > profile.schema.json
              sheaf schema host-policy

            JSON
              without a kind: {"kinds": [{"kind", "schema"}]}; otherwise the JSON Schema
              itself
            """)

    @Argument(
        help: "The kind of document.",
        completion: .list(Self.kinds.map(\.name)))
    var kind: String?

    @OptionGroup var output: OutputOptions

    private struct Kinds: Encodable {
        struct Kind: Encodable {
            let kind: String
            let schema: String
        }

        let kinds: [Kind]
    }

    /// A kind of document: its name here, what it names in its key `schema`, and its JSON Schema.
    private struct Document {
        let name: String
        let identifier: String
        let json: () -> String
    }

    private static var kinds: [Document] {
        DocumentSchema.allCases.map { schema in
            Document(
                name: schema.rawValue, identifier: schema.identifier, json: { schema.json })
        } + [
            Document(
                name: "host-policy", identifier: HostPolicySchema.identifier,
                json: { HostPolicySchema.json }),
            Document(
                name: "runtime", identifier: RuntimeSettingsSchema.identifier,
                json: { RuntimeSettingsSchema.json }),
        ]
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        if let kind {
            let json = try Self.document(kind).json()
            try console.write(json.hasSuffix("\n") ? json : json + "\n")
            return .yes
        }
        let kinds = Self.kinds.map { Kinds.Kind(kind: $0.name, schema: $0.identifier) }
        try console.show(Kinds(kinds: kinds)) { style in
            var table = TextTable(["KIND": .left, "SCHEMA": .left])
            for kind in kinds { table.add([kind.kind, kind.schema]) }
            return table.text(style)
        }
        return .yes
    }

    private static func document(_ kind: String) throws(SheafError) -> Document {
        if let document = kinds.first(where: { $0.name == kind }) { return document }
        throw SheafError(
            .invalidRequest, "there is no kind '\(DisplayText.escape(kind))' of document",
            hint: "kinds: \(kinds.map(\.name).joined(separator: ", "))")
    }
}
