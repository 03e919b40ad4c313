extension ResolvedProfile {
    /// The canonical form that the digest is taken of, as JSON without spaces and with sorted keys.
    ///
    /// One JSON object with the effective values: `label`, `description`, `engine`, `model`
    /// (`name`, `provider`, `model`, `parameters`, `credential`), `prompts`, `workflows`, `tools`,
    /// `plugins` (`id`, `version`, `package`, `sha256`, `grants`), `grants`, `declarations`
    /// (`name`, `kind`, `ref`, `required`, `purpose`, `expose`, `access`), `assets`, `settings`,
    /// `labels`. What a profile does not have is left out; maps and lists are always there. Files
    /// are given by path, not by contents, and neither the profile's name nor its ancestors are
    /// part of it: two profiles that mean the same have the same digest.
    ///
    /// Keys are sorted by their bytes. Text is UTF-8 with only `"`, `\\` and control characters
    /// escaped; whole numbers below 2^53 have no point, others the fewest digits that read back.
    public var canonicalJSON: String {
        String(decoding: canonicalBytes(), as: UTF8.self)
    }

    func canonicalBytes() -> [UInt8] {
        var json = CanonicalJSON()
        json.write(
            .object([
                "label": label.map { .text($0) },
                "description": description.map { .text($0) },
                "engine": engine.map { .text($0.rawValue) },
                "model": model.map(Self.value),
                "prompts": .object(prompts.mapValues { .text($0.text) }),
                "workflows": .array(workflows.map { .text($0.text) }),
                "tools": Self.value(tools),
                "plugins": .array(plugins.map(Self.value)),
                "grants": .array(grants.map { .text($0.rawValue) }),
                "declarations": .array(declarations.map(Self.value)),
                "assets": .array(assets.map { .text($0.text) }),
                "settings": .object(settings.mapValues(Self.value)),
                "labels": .object(labels.mapValues { .text($0) }),
            ]))
        return json.bytes
    }

    private static func value(_ tools: [ToolName: ToolPolicy]) -> CanonicalJSON.Value {
        var members: [String: CanonicalJSON.Value?] = [:]
        for (name, policy) in tools { members[name.rawValue] = .text(policy.rawValue) }
        return .object(members)
    }

    private static func value(_ model: ModelDocument) -> CanonicalJSON.Value {
        .object([
            "name": .text(model.name.rawValue),
            "provider": .text(model.provider),
            "model": .text(model.model),
            "parameters": .object(model.parameters.mapValues(value)),
            "credential": model.credential.map { .text($0.value.rawValue) },
        ])
    }

    private static func value(_ plugin: PluginDescriptor) -> CanonicalJSON.Value {
        .object([
            "id": .text(plugin.id.rawValue),
            "version": .text(plugin.version),
            "package": .text(plugin.package),
            "sha256": .text(plugin.sha256.hex),
            "grants": .array(plugin.grants.map { .text($0.value.rawValue) }),
        ])
    }

    private static func value(_ declaration: Declaration) -> CanonicalJSON.Value {
        .object([
            "name": .text(declaration.name.rawValue),
            "kind": .text(declaration.kind.rawValue),
            "ref": .text(declaration.ref.description),
            "required": .boolean(declaration.required),
            "purpose": declaration.purpose.map { .text($0) },
            "expose": declaration.expose.map { exposure in
                switch exposure {
                case .env(let name): .object(["env": .text(name)])
                case .at(let path): .object(["at": .text(path.text)])
                }
            },
            "access": declaration.access.map { .text($0.rawValue) },
        ])
    }

    private static func value(_ setting: SettingValue) -> CanonicalJSON.Value {
        switch setting {
        case .string(let text): .text(text)
        case .integer(let number): .integer(number)
        case .number(let number): .number(number)
        case .bool(let value): .boolean(value)
        case .list(let values): .array(values.map(value))
        }
    }
}
