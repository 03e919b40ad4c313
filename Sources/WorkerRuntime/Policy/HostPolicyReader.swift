internal import BundleModel

/// Reads the host policy's YAML: strict, every finding at once, each with its line.
struct HostPolicyReader {
    static let schema = "sheaf/host-policy/v1"
    private let log: FindingLog

    /// Throws `host_policy_invalid` with every finding.
    static func read(_ bytes: [UInt8], path: String) throws(SheafError) -> HostPolicy {
        let log = FindingLog(
            path: path, malformed: .hostPolicyInvalid, unsupported: .hostPolicyInvalid)
        let policy = YamlDocument.read(bytes, log: log).flatMap {
            HostPolicyReader(log: log).policy($0, digest: SHA256Value(hashing: bytes))
        }
        if let error = SheafError(findings: log.findings, in: "the host policy") { throw error }
        guard let policy else {
            throw SheafError(.hostPolicyInvalid, "the host policy is empty")
        }
        return policy
    }

    private func policy(_ root: YamlNode, digest: SHA256Value) -> HostPolicy? {
        let keys = ["schema", "builtin", "workspaces", "grants", "plugins", "engines"]
        guard let reader = MappingReader(root, keys: keys, of: "a host policy", log: log) else {
            return nil
        }
        guard let schema = reader.requiredText("schema", hint: "add 'schema: \(Self.schema)'")
        else { return nil }
        guard schema.value == Self.schema else {
            log.unsupported(
                "unknown-schema", at: schema.mark, "this is not the schema of a host policy",
                hint: "write 'schema: \(Self.schema)'")
            return nil
        }
        return HostPolicy(
            allowsBuiltin: builtin(reader),
            workspaces: map(reader, "workspaces", key: id(WorkspaceID.self), workspace),
            grants: map(reader, "grants", key: reference, grant),
            plugins: map(reader, "plugins", key: id(PluginName.self), plugin),
            engines: map(reader, "engines", key: id(EngineID.self), engine), digest: digest)
    }

    private enum Permission: String, CaseIterable {
        case allow, deny
    }

    private func builtin(_ reader: MappingReader) -> Bool {
        guard let entry = reader.entry("builtin") else { return false }
        return entry.value.word(for: "builtin", as: Permission.self, log: log) == .allow
    }

    // MARK: Sections

    private func workspace(_ name: WorkspaceID, _ node: YamlNode) -> WorkspaceRule? {
        let keys = ["repository", "credential", "bundles", "bundleRequired", "freshness"]
        guard let reader = MappingReader(node, keys: keys, of: "a workspace", log: log) else {
            return nil
        }
        let repository = reader.requiredText("repository").flatMap(repository)
        let bundles = reader.list("bundles") { node -> Located<String>? in
            if case .scalar("*", _) = node.content { return Located("*", at: node.mark) }
            return node.id(for: "bundles", as: BundleID.self, log: log).map {
                Located($0.value.rawValue, at: $0.mark)
            }
        }
        guard let repository else { return nil }
        let names = (bundles?.value ?? []).map(\.value)
        return WorkspaceRule(
            workspace: name, repository: repository,
            credential: reader.entry("credential").flatMap { credential($0.value) },
            bundles: names.contains("*")
                ? .all : .only(Set(names.compactMap { try? BundleID($0) })),
            bundleRequired: reader.boolean("bundleRequired") ?? false,
            freshness: reader.entry("freshness").flatMap { freshness($0.value) })
    }

    private func repository(_ text: Located<String>) -> String? {
        let rest = text.value.firstRange(of: "://").map { text.value[$0.upperBound...] }
        if let authority = rest?.prefix(while: { $0 != "/" }), authority.contains("@"),
            !text.value.hasPrefix("ssh://")
        {
            log.malformed(
                "userinfo-in-url", at: text.mark, "the repository's URL has a name or password",
                hint: "name a file or variable under 'credential'")
            return nil
        }
        guard rest != nil || text.value.hasPrefix("/") else {
            log.malformed(
                "relative-repository", at: text.mark, "the repository is a relative path",
                hint: "write an absolute path or a URL")
            return nil
        }
        return text.value
    }

    private func credential(_ node: YamlNode) -> WorkspaceRule.Credential? {
        guard
            let reader = MappingReader(node, keys: ["file", "env"], of: "'credential'", log: log)
        else { return nil }
        if let file = reader.text("file") { return absolute(file).map { .file($0) } }
        if let name = reader.text("env") { return .environment(name.value) }
        log.malformed(
            "missing-key", at: node.mark, "'credential' names neither a file nor a variable",
            hint: "write 'credential: { file: /path }' or '{ env: NAME }'")
        return nil
    }

    private func freshness(_ node: YamlNode) -> WorkspaceRule.Freshness? {
        guard
            let reader = MappingReader(
                node, keys: ["limit", "whenStale"], of: "'freshness'", log: log),
            let limit = reader.requiredText("limit")
        else { return nil }
        guard let duration = PolicyDuration.read(limit.value) else {
            log.malformed(
                "invalid-duration", at: limit.mark, "'limit' is not a length of time",
                hint: "write a whole number and s, m, h or d, e.g. 24h")
            return nil
        }
        let action = reader.entry("whenStale").flatMap {
            $0.value.word(for: "whenStale", as: WorkspaceRule.WhenStale.self, log: log)
        }
        return WorkspaceRule.Freshness(limit: duration, whenStale: action ?? .keep)
    }

    private func grant(_ reference: DeclarationReference, _ node: YamlNode) -> GrantRule? {
        let keys: [String] =
            switch reference.scheme.kind {
            case .secretRef: ["env", "file", "to"]
            case .mountGrant: ["path", "access", "to"]
            case .networkPolicy, .shellPolicy, .gitPolicy: ["allow", "to"]
            case .capabilityGrant: ["to"]
            }
        guard
            let reader = MappingReader(node, keys: keys, of: "'\(reference)'", log: log),
            let resource = resource(reference, reader)
        else { return nil }
        return GrantRule(reference: reference, resource: resource, scopes: scopes(reader))
    }

    private func resource(
        _ reference: DeclarationReference, _ reader: MappingReader
    ) -> GrantRule.Resource? {
        switch reference.scheme.kind {
        case .secretRef:
            if let file = reader.text("file") { return absolute(file).map { .secretFromFile($0) } }
            if let name = reader.text("env") { return .secretFromEnvironment(name.value) }
            log.malformed(
                "missing-key", at: reader.mark, "'\(reference)' has no source",
                hint: "write 'env: NAME' or 'file: /path'; never the value")
            return nil
        case .mountGrant:
            guard let path = reader.requiredText("path").flatMap(absolute) else { return nil }
            let access = reader.entry("access").flatMap {
                $0.value.word(for: "access", as: Declaration.Access.self, log: log)
            }
            return .mount(path: path, access: access ?? .read)
        case .networkPolicy: return .network(allow: texts(reader, "allow"))
        case .shellPolicy: return .shell(allow: texts(reader, "allow"))
        case .gitPolicy: return .git(allow: texts(reader, "allow"))
        case .capabilityGrant: return .capability
        }
    }

    private func plugin(_ name: PluginName, _ node: YamlNode) -> PluginRule? {
        guard
            let reader = MappingReader(node, keys: ["digest", "to"], of: "a plugin", log: log),
            let text = reader.requiredText("digest")
        else { return nil }
        let digits = text.value.hasPrefix("sha256:") ? text.value.dropFirst(7) : text.value[...]
        guard let digest = SHA256Value(hex: digits) else {
            log.malformed(
                "invalid-sha256", at: text.mark, "'digest' is not sha256: and 64 hex digits")
            return nil
        }
        return PluginRule(name: name, digest: digest, scopes: scopes(reader))
    }

    private func engine(_ name: EngineID, _ node: YamlNode) -> [String]? {
        guard
            let reader = MappingReader(node, keys: ["command"], of: "an engine", log: log),
            reader.required("command") != nil
        else { return nil }
        let command = texts(reader, "command")
        guard let program = command.first, program.hasPrefix("/") else {
            log.malformed(
                "relative-command", at: reader.mark,
                "the command of engine '\(name)' does not start with an absolute path")
            return nil
        }
        return command
    }

    // MARK: Parts

    private func scopes(_ reader: MappingReader) -> [GrantScope] {
        guard reader.required("to", hint: "add 'to: [workspace/bundle/profile]'") != nil else {
            return []
        }
        return
            (reader.list("to") { node -> Located<GrantScope>? in
                guard let text = node.text(for: "to", log: log) else { return nil }
                guard let scope = GrantScope(text.value) else {
                    log.malformed(
                        "invalid-scope", at: text.mark,
                        "'\(DisplayText.escape(text.value))' does not say who is meant",
                        hint: "write workspace/bundle/profile, workspace/bundle/* or workspace/*")
                    return nil
                }
                return Located(scope, at: text.mark)
            }?.value ?? []).map(\.value)
    }

    private func texts(_ reader: MappingReader, _ key: String) -> [String] {
        guard let nodes = reader.entry(key)?.value.items(for: key, log: log) else { return [] }
        return nodes.compactMap { $0.text(for: key, log: log)?.value }
    }

    private func absolute(_ text: Located<String>) -> String? {
        if text.value.hasPrefix("/") { return text.value }
        log.malformed(
            "relative-path", at: text.mark, "the path is not absolute", hint: "start it with '/'")
        return nil
    }

    private func reference(_ entry: YamlNode.Entry) -> DeclarationReference? {
        if let reference = DeclarationReference(entry.key) { return reference }
        log.malformed(
            "invalid-reference", at: entry.keyMark,
            "'\(DisplayText.excerpt(entry.key))' is not a reference",
            hint: "write <scheme>:<name> in quotes, e.g. \"secret:tracker/api-token\"")
        return nil
    }

    private func id<ID: Identifier>(_ type: ID.Type) -> (YamlNode.Entry) -> ID? {
        { entry in
            do {
                return try ID(entry.key)
            } catch {
                log.malformed("invalid-id", at: entry.keyMark, "\(error)")
                return nil
            }
        }
    }

    private func map<Key: Hashable, Value>(
        _ reader: MappingReader, _ section: String, key: (YamlNode.Entry) -> Key?,
        _ value: (Key, YamlNode) -> Value?
    ) -> [Key: Value] {
        guard let node = reader.entry(section)?.value, !node.isNull,
            let entries = node.entries(for: section, log: log)
        else { return [:] }
        var result: [Key: Value] = [:]
        for entry in entries {
            if let name = key(entry), let rule = value(name, entry.value) { result[name] = rule }
        }
        return result
    }
}
