internal import BundleModel

/// Reads the host policy's YAML: strict, every finding at once, each with its line.
///
/// The sections are in `HostPolicyReader+workspaces` and `HostPolicyReader+grants`.
struct HostPolicyReader {
    static let schema = "sheaf/host-policy/v1"
    let log: FindingLog

    /// Throws `host_policy_invalid` with every finding.
    static func read(_ bytes: [UInt8], path: String) throws(SheafError) -> HostPolicy {
        let log = FindingLog(
            path: path, malformed: .hostPolicyInvalid, unsupported: .hostPolicyInvalid)
        let policy = YamlDocument.read(bytes, log: log).flatMap {
            HostPolicyReader(log: log).policy($0, digest: SHA256Value(hashing: bytes))
        }
        // What reads YAML has codes of its own for size and nesting; here all are the host's fault.
        let findings = log.findings.map {
            Finding(
                code: .hostPolicyInvalid, rule: $0.rule, path: $0.path, line: $0.line,
                column: $0.column, message: $0.message, hint: $0.hint)
        }
        if let error = SheafError(findings: findings, in: "the host policy") { throw error }
        guard let policy else {
            throw SheafError(.hostPolicyInvalid, "the host policy is empty")
        }
        return policy
    }

    private func policy(_ root: YamlNode, digest: SHA256Value) -> HostPolicy? {
        let keys = ["schema", "builtin", "workspaces", "grants", "plugins", "engines"]
        guard namesItsSchema(root),
            let reader = MappingReader(root, keys: keys, of: "a host policy", log: log)
        else { return nil }
        _ = reader.required("schema", hint: "add 'schema: \(Self.schema)'")
        return HostPolicy(
            allowsBuiltin: builtin(reader),
            workspaces: map(reader, "workspaces", key: id(WorkspaceID.self), workspace),
            grants: map(reader, "grants", key: reference, grant),
            plugins: map(reader, "plugins", key: id(PluginName.self), plugin),
            engines: map(reader, "engines", key: id(EngineID.self), engine), digest: digest)
    }

    /// Under another schema the keys would mean nothing, so nothing else is reported then.
    private func namesItsSchema(_ root: YamlNode) -> Bool {
        guard case .mapping(let entries) = root.content,
            let entry = entries.first(where: { $0.key == "schema" })
        else { return true }
        guard let text = entry.value.text(for: "schema", log: log) else { return false }
        if text.value == Self.schema { return true }
        log.unsupported(
            "unknown-schema", at: text.mark, "this is not the schema of a host policy",
            hint: "write 'schema: \(Self.schema)'")
        return false
    }

    private enum Permission: String, CaseIterable {
        case allow, deny
    }

    private func builtin(_ reader: MappingReader) -> Bool {
        guard let entry = reader.entry("builtin") else { return false }
        return entry.value.word(for: "builtin", as: Permission.self, log: log) == .allow
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

    // MARK: Keys

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

    // MARK: Values

    /// A path of the host, as it is written.
    func absolute(_ text: Located<String>) -> String? {
        guard text.value.hasPrefix("/") else {
            log.malformed(
                "relative-path", at: text.mark, "the path is not absolute",
                hint: "start it with '/'")
            return nil
        }
        guard text.value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else {
            log.malformed("invalid-path", at: text.mark, "the path has a control character")
            return nil
        }
        return text.value
    }

    /// A variable in the environment of the runtime.
    func environmentName(_ text: Located<String>) -> String? {
        let bytes = text.value.utf8
        let isName =
            bytes.count <= 128 && bytes.first.map { $0 < 0x30 || $0 > 0x39 } == true
            && bytes.allSatisfy {
                ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x41 && $0 <= 0x5A)
                    || ($0 >= 0x61 && $0 <= 0x7A) || $0 == 0x5F
            }
        if isName { return text.value }
        log.malformed(
            "invalid-environment-name", at: text.mark,
            "'\(DisplayText.excerpt(text.value))' is not the name of an environment variable",
            hint: "use letters, digits and '_', e.g. TRACKER_TOKEN; never the value itself")
        return nil
    }

    /// One place that something secret is read from.
    enum Source {
        case file(String)
        case environment(String)
    }

    /// The keys `file` and `env`, of which exactly one is given.
    func source(_ reader: MappingReader, of subject: String) -> Source? {
        switch (reader.entry("file"), reader.entry("env")) {
        case (.some, nil): return reader.text("file").flatMap(absolute).map { .file($0) }
        case (nil, .some):
            return reader.text("env").flatMap(environmentName).map { .environment($0) }
        case (.some, let other?):
            log.malformed(
                "two-sources", at: other.keyMark, "\(subject) names a file and a variable",
                hint: "keep one of 'file' and 'env'")
        case (nil, nil):
            log.malformed(
                "missing-key", at: reader.mark,
                "\(subject) names neither a file nor a variable",
                hint: "write 'file: /path' or 'env: NAME'; never the value")
        }
        return nil
    }
}
