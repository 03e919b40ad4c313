internal import BundleModel

extension HostPolicyReader {
    func grant(_ reference: DeclarationReference, _ node: YamlNode) -> GrantRule? {
        let keys: [String] =
            switch reference.scheme.kind {
            case .secretRef: ["env", "file", "to"]
            case .mountGrant: ["path", "access", "to"]
            case .networkPolicy, .shellPolicy, .gitPolicy: ["allow", "to"]
            case .capabilityGrant: ["to"]
            }
        guard
            let reader = MappingReader(node, keys: keys, of: "'\(reference)'", log: log)
        else { return nil }
        let given = resource(reference, reader)
        let receivers = scopes(reader)
        guard let given else { return nil }
        return GrantRule(reference: reference, resource: given, scopes: receivers)
    }

    private func resource(
        _ reference: DeclarationReference, _ reader: MappingReader
    ) -> GrantRule.Resource? {
        switch reference.scheme.kind {
        case .secretRef:
            switch source(reader, of: "'\(reference)'") {
            case .file(let path): return .secretFromFile(path)
            case .environment(let name): return .secretFromEnvironment(name)
            case nil: return nil
            }
        case .mountGrant:
            let access = reader.entry("access").flatMap {
                $0.value.word(for: "access", as: Declaration.Access.self, log: log)
            }
            guard let path = reader.requiredText("path").flatMap(absolute) else { return nil }
            return .mount(path: path, access: access ?? .read)
        case .networkPolicy: return .network(allow: required(reader, "allow", destination))
        case .shellPolicy: return .shell(allow: required(reader, "allow", \.value))
        case .gitPolicy: return .git(allow: required(reader, "allow", \.value))
        case .capabilityGrant: return .capability
        }
    }

    private func destination(_ text: Located<String>) -> NetworkDestination? {
        if let destination = NetworkDestination(text.value) { return destination }
        log.malformed(
            "invalid-destination", at: text.mark,
            "'\(DisplayText.excerpt(text.value))' is not a destination in the network",
            hint: "write host:port, e.g. tracker.example:443")
        return nil
    }

    private func required<Item>(
        _ reader: MappingReader, _ key: String, _ item: (Located<String>) -> Item?
    ) -> [Item] {
        guard let nodes = reader.required(key)?.value.items(for: key, log: log) else { return [] }
        return nodes.compactMap { $0.text(for: key, log: log).flatMap(item) }
    }

    private func scopes(_ reader: MappingReader) -> [GrantScope] {
        guard reader.required("to", hint: "add 'to: [workspace/bundle/profile]'") != nil else {
            return []
        }
        let list = reader.list("to") { node -> Located<GrantScope>? in
            guard let text = node.text(for: "to", log: log) else { return nil }
            guard let scope = GrantScope(text.value) else {
                log.malformed(
                    "invalid-scope", at: text.mark,
                    "'\(DisplayText.escape(text.value))' does not say who is meant",
                    hint: "write workspace/bundle/profile, workspace/bundle/* or workspace/*")
                return nil
            }
            return Located(scope, at: text.mark)
        }
        return (list?.value ?? []).map(\.value)
    }

    func plugin(_ name: PluginName, _ node: YamlNode) -> PluginRule? {
        guard
            let reader = MappingReader(
                node, keys: ["version", "digest", "to"], of: "a plugin", log: log)
        else { return nil }
        let package = reader.requiredText("digest").flatMap(digest)
        let receivers = scopes(reader)
        guard let package else { return nil }
        return PluginRule(
            name: name, version: reader.text("version")?.value, digest: package,
            scopes: receivers)
    }

    private func digest(_ text: Located<String>) -> SHA256Value? {
        let digits = text.value.hasPrefix("sha256:") ? text.value.dropFirst(7) : text.value[...]
        if let digest = SHA256Value(hex: digits) { return digest }
        log.malformed(
            "invalid-sha256", at: text.mark, "'digest' is not sha256: and 64 hex digits",
            hint: "write what 'sha256sum <package>' prints")
        return nil
    }

    func engine(_ name: EngineID, _ node: YamlNode) -> [String]? {
        guard
            let reader = MappingReader(node, keys: ["command"], of: "an engine", log: log),
            let nodes = reader.required("command")?.value.items(for: "command", log: log)
        else { return nil }
        let words = nodes.compactMap {
            $0.text(for: "command", log: log, allowsEmpty: true)?.value
        }
        guard words.count == nodes.count else { return nil }
        guard let program = words.first, program.hasPrefix("/") else {
            log.malformed(
                "relative-command", at: nodes.first?.mark ?? reader.mark,
                "the command of engine '\(name)' does not start with an absolute path",
                hint: "write 'command: [/path/of/program, argument]'")
            return nil
        }
        return words
    }
}
