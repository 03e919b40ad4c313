internal import BundleModel
internal import BundleRepository
internal import Configuration
internal import SheafCommands

/// The file of a daemon's settings: YAML as strict as every other document, or JSON, which is YAML.
///
/// ```yaml
/// schema: sheaf/runtime/v1
/// listen: 127.0.0.1:7430
/// follow: [acme/support-agents@stable]
/// sync: { interval: 60s, longPoll: 30s }
/// ```
struct SettingsFile {
    static let schema = RuntimeSettingsSchema.identifier
    private static let maximumBytes = 1 << 20

    let path: String
    /// What the file sets, for swift-configuration.
    private(set) var values: [AbsoluteConfigKey: ConfigValue] = [:]
    /// Where.
    private(set) var marks: [SettingKey: SourceMark] = [:]
    /// What is wrong with its form.
    private(set) var findings: [Finding] = []

    /// Reads the file; throws `host_policy_invalid` when there is none, or others can write to it.
    init(path: String) throws(SheafError) {
        self.path = path
        let shown = DisplayText.escape(path)
        guard let file = try HostOwnedFile.read(path, maximumBytes: Self.maximumBytes) else {
            throw SheafError(.hostPolicyInvalid, "there is no file '\(shown)'")
        }
        guard !file.isWritableByOthers, file.isTrustedOwner else {
            throw SheafError(
                .hostPolicyInvalid, "others can write to '\(shown)', or it is another user's",
                hint: "it must belong to the user who runs the daemon or to root; chmod go-w it")
        }
        let log = FindingLog(
            path: path, malformed: .hostPolicyInvalid, unsupported: .hostPolicyInvalid)
        if let root = YamlDocument.read(file.bytes, log: log) { read(root, log) }
        findings = log.findings.map {
            Finding(
                code: .hostPolicyInvalid, rule: $0.rule, path: $0.path, line: $0.line,
                column: $0.column, message: $0.message, hint: $0.hint)
        }
    }

    private mutating func read(_ root: YamlNode, _ log: FindingLog) {
        var names: [String] = []
        for key in SettingKey.allCases where !names.contains(key.path[0]) {
            names.append(key.path[0])
        }
        guard
            let reader = MappingReader(
                root, keys: ["schema"] + names, of: "a runtime's configuration", log: log)
        else { return }
        if let schema = reader.requiredText("schema", hint: "add 'schema: \(Self.schema)'"),
            schema.value != Self.schema
        {
            log.unsupported(
                "unknown-schema", at: schema.mark, "this is not the schema of this file",
                hint: "write 'schema: \(Self.schema)'")
        }
        for name in names {
            guard let entry = reader.entry(name) else { continue }
            let keys = SettingKey.allCases.filter { $0.path[0] == name }
            if keys.count == 1, keys[0].path.count == 1 {
                take(keys[0], entry.value, log)
            } else if let section = MappingReader(
                entry.value, keys: keys.map { $0.path[1] }, of: "'\(name)'", log: log)
            {
                for key in keys {
                    if let entry = section.entry(key.path[1]) { take(key, entry.value, log) }
                }
            }
        }
    }

    private mutating func take(_ key: SettingKey, _ node: YamlNode, _ log: FindingLog) {
        let content: ConfigContent
        if case .sequence(let items) = node.content, key.isList {
            let texts = items.compactMap { $0.text(for: key.rawValue, log: log)?.value }
            content = .stringArray(texts)
        } else if let text = node.text(for: key.rawValue, log: log) {
            content = key.isList ? .stringArray([text.value]) : .string(text.value)
        } else {
            return
        }
        marks[key] = node.mark
        values[AbsoluteConfigKey(key.path)] = ConfigValue(content, isSecret: false)
    }
}
