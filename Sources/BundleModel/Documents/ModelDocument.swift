/// `models/<name>.yaml`: a model and its provider, without anything secret.
public struct ModelDocument: Hashable, Sendable {
    /// The file's name without its extension.
    public let name: ModelName
    /// What the model is used for.
    public let description: String?
    /// The provider, e.g. `anthropic`.
    public let provider: String
    /// The provider's name of the model.
    public let model: String
    /// Parameters that the provider understands.
    public let parameters: [String: SettingValue]
    /// The declaration of the credential, a `secret_ref`.
    public let credential: Located<DeclarationName>?
    /// Where each field stands, parameters as `parameters.<name>`.
    let marks: [String: SourceMark]

    /// Reads a model, reporting everything that is wrong; nil when provider or model is missing.
    package init?(yaml node: YamlNode, name: ModelName, log: FindingLog) {
        guard
            let reader = MappingReader(
                document: node, schema: .model,
                keys: ["description", "provider", "model", "parameters", "credential"], log: log)
        else { return nil }
        self.name = name
        description = reader.text("description")?.value
        let provider = reader.requiredText("provider", hint: "add 'provider: <name>'")
        let model = reader.requiredText("model", hint: "add 'model: <the provider's name of it>'")
        let parameters = Self.parameters(reader)
        self.parameters = parameters.mapValues(\.value)
        credential = reader.entry("credential").flatMap { Self.credential($0.value, log) }
        guard let provider, let model else { return nil }
        self.provider = provider.value
        self.model = model.value
        var marks = ["provider": provider.mark, "model": model.mark]
        marks["credential"] = credential?.mark
        for (name, value) in parameters { marks["parameters.\(name)"] = value.mark }
        self.marks = marks
    }

    private static func parameters(
        _ reader: MappingReader
    ) -> [String: Located<SettingValue>] {
        let log = reader.log
        return reader.map("parameters", keys: { EntryName.read($0, of: "parameters", log: log) }) {
            SettingValue($0, for: "parameters", log: log)
        }.reduce(into: [:]) { parameters, parameter in
            if let value = parameter.value.value {
                parameters[parameter.key] = parameter.value.with(value)
            } else {
                log.malformed(
                    "wrong-type", at: parameter.value.mark,
                    "the parameter \(KeyText.shown(parameter.key)) must be a value, but nothing "
                        + "was found",
                    hint: "write a value, or leave the key out")
            }
        }
    }

    private static func credential(
        _ node: YamlNode, _ log: FindingLog
    ) -> Located<DeclarationName>? {
        guard let text = node.text(for: "credential", log: log) else { return nil }
        if let name = try? DeclarationName(text.value) { return Located(name, at: text.mark) }
        if case .reference = DeclarationReference.read(text.value) {
            log.malformed(
                "reference-in-place-of-name", at: text.mark,
                "'credential' holds a host reference where the name of a declaration is expected",
                hint: "declare the reference in policies/<name>.yaml and write <name> here")
            return nil
        }
        log.report(
            .forbiddenContent, "literal-in-reference", at: text.mark,
            "'credential' holds a literal ('\(DisplayText.excerpt(text.value))') where the name of "
                + "a declaration is expected",
            hint: "declare a secret_ref in policies/ and write its name here")
        return nil
    }
}
