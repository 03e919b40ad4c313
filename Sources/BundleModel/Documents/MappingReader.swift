/// Reads the keys of one map of a document, reporting keys that are not supported or are missing.
package struct MappingReader {
    private let entries: [YamlNode.Entry]
    /// Where the map starts.
    package let mark: SourceMark
    /// Where findings go.
    package let log: FindingLog
    /// What the map describes, for messages: `a profile`.
    let subject: String

    /// Starts reading a value as a map with these keys; nil when it is something else.
    package init?(_ node: YamlNode, keys: [String], of subject: String, log: FindingLog) {
        guard case .mapping(let entries) = node.content else {
            log.malformed(
                "wrong-type", at: node.mark, "\(subject) is a map, but \(node.typeName) was found",
                hint: "write 'key: value' lines; supported keys: \(keys.joined(separator: ", "))")
            return nil
        }
        self.entries = entries
        self.mark = node.mark
        self.log = log
        self.subject = subject
        for entry in entries where !keys.contains(entry.key) && !log.isFull {
            log.unsupported(
                "unknown-key", at: entry.keyMark,
                "the key \(KeyText.shown(entry.key)) is not supported in \(subject)",
                hint: Suggestion.hint(
                    for: entry.key, among: keys,
                    otherwise: "supported keys: \(keys.joined(separator: ", "))"))
        }
    }

    /// Starts reading a document whose first duty is to name its schema.
    ///
    /// Nil when the document is not a map or names another schema: its keys mean nothing then.
    package init?(
        document node: YamlNode, schema: DocumentSchema, keys: [String], log: FindingLog
    ) {
        let subject = schema.noun
        if case .mapping(let entries) = node.content {
            guard let entry = entries.first(where: { $0.key == "schema" }) else {
                log.malformed(
                    "missing-key", at: node.mark, "the key 'schema' is missing",
                    hint: "write 'schema: \(schema.identifier)' as the first line")
                self.init(node, keys: ["schema"] + keys, of: subject, log: log)
                return
            }
            guard let text = entry.value.text(for: "schema", log: log) else { return nil }
            guard text.value == schema.identifier else {
                let other = DocumentSchema.allCases.first { $0.identifier == text.value }
                log.unsupported(
                    "unknown-schema", at: text.mark,
                    other.map {
                        "'\($0.identifier)' is the schema of \($0.noun), not of \(subject)"
                    }
                        ?? "the schema '\(DisplayText.excerpt(text.value))' is not supported",
                    hint: "write 'schema: \(schema.identifier)' in this file")
                return nil
            }
        }
        self.init(node, keys: ["schema"] + keys, of: subject, log: log)
    }

    /// The entry of a key, or nil.
    package func entry(_ key: String) -> YamlNode.Entry? {
        entries.first { $0.key == key }
    }

    /// The entry of a key; reports when it is missing.
    package func required(_ key: String, hint: String? = nil) -> YamlNode.Entry? {
        if let entry = entry(key) { return entry }
        log.malformed(
            "missing-key", at: mark, "the key '\(key)' is missing in \(subject)",
            hint: hint ?? "add '\(key): …'")
        return nil
    }

    /// The text of an optional key, placed at its key.
    package func text(_ key: String) -> Located<String>? {
        entry(key).flatMap { entry in
            entry.value.text(for: key, log: log).map { Located($0.value, at: entry.keyMark) }
        }
    }

    /// The text of a required key.
    package func requiredText(_ key: String, hint: String? = nil) -> Located<String>? {
        required(key, hint: hint)?.value.text(for: key, log: log)
    }

    /// The id of an optional key, placed at its key.
    package func id<ID: Identifier>(_ key: String, as type: ID.Type) -> Located<ID>? {
        entry(key).flatMap { entry in
            entry.value.id(for: key, as: type, log: log).map {
                Located($0.value, at: entry.keyMark)
            }
        }
    }

    /// The boolean of an optional key.
    package func boolean(_ key: String) -> Bool? {
        entry(key).flatMap { $0.value.boolean(for: key, log: log) }
    }

    /// The list of an optional key, placed at its key; equal items are reported.
    package func list<Item: Hashable & Sendable>(
        _ key: String, _ item: (YamlNode) -> Located<Item>?
    ) -> Located<[Located<Item>]>? {
        guard let entry = entry(key), let nodes = entry.value.items(for: key, log: log) else {
            return nil
        }
        var seen: [Item: SourceMark] = [:]
        var items: [Located<Item>] = []
        for node in nodes {
            guard let value = item(node) else { continue }
            if let first = seen[value.value] {
                log.malformed(
                    "duplicate-entry", at: value.mark,
                    "the entry of '\(key)' is already in line \(first.line)",
                    hint: "keep one of the two")
            } else {
                seen[value.value] = value.mark
                items.append(value)
            }
        }
        return Located(items, at: entry.keyMark)
    }

    /// The entries of an optional key that holds a map; a null value stays for `null` to remove.
    package func map<Key: Hashable, Value: Hashable & Sendable>(
        _ key: String, keys makeKey: (YamlNode.Entry) -> Key?,
        _ makeValue: (YamlNode) -> Value?
    ) -> [Key: Located<Value?>] {
        guard let entries = entry(key)?.value.entries(for: key, log: log) else { return [:] }
        var result: [Key: Located<Value?>] = [:]
        for entry in entries {
            guard let name = makeKey(entry) else { continue }
            if entry.value.isNull {
                result[name] = Located(nil, at: entry.keyMark)
            } else if let value = makeValue(entry.value) {
                result[name] = Located(value, at: entry.keyMark)
            }
        }
        return result
    }
}
