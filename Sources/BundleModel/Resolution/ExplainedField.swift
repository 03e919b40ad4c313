/// One field of a resolved profile as a person asks for it: its value, where that stands, and what
/// it replaced.
public struct ExplainedField: Hashable, Sendable {
    /// The field, where its value stands, and what it replaced.
    public let source: FieldSource
    /// The value; nil where `null` removed the field.
    public let value: SettingValue?
}

extension ResolvedProfile {
    /// Every field that the profile, its ancestors or its bundle set, in the order of the names.
    public var explanation: [ExplainedField] {
        sources.map {
            ExplainedField(source: $0, value: $0.isRemoved ? nil : value(of: $0.field))
        }
    }

    /// The value of a field that ``sources`` names: `engine`, `prompts.system`, `model.provider`.
    private func value(of field: String) -> SettingValue? {
        let parts = field.split(separator: ".", maxSplits: 1)
        guard let name = parts.first else { return nil }
        guard let key = parts.dropFirst().first.map(String.init) else { return value(of: name) }
        switch name {
        case "model": return model.flatMap { Self.value(of: key, in: $0) }
        case "prompts": return prompts[key].map { .string($0.text) }
        case "tools":
            return tools.first { $0.key.rawValue == key }.map { .string($0.value.rawValue) }
        case "settings": return settings[key]
        case "labels": return labels[key].map { .string($0) }
        default: return nil
        }
    }

    private func value(of field: Substring) -> SettingValue? {
        switch field {
        case "label": label.map { .string($0) }
        case "description": description.map { .string($0) }
        case "engine": engine.map { .string($0.rawValue) }
        case "model": model.map { .string($0.name.rawValue) }
        case "workflows": .list(workflows.map { .string($0.text) })
        case "plugins": .list(plugins.map { .string("\($0.id)@\($0.version)") })
        case "grants": .list(grants.map { .string($0.rawValue) })
        case "assets": .list(assets.map { .string($0.text) })
        default: nil
        }
    }

    private static func value(of field: String, in model: ModelDocument) -> SettingValue? {
        switch field {
        case "provider": return .string(model.provider)
        case "model": return .string(model.model)
        case "credential": return model.credential.map { .string($0.value.rawValue) }
        default:
            guard field.hasPrefix("parameters.") else { return nil }
            return model.parameters[String(field.dropFirst("parameters.".count))]
        }
    }
}
