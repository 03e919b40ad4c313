/// The names of entries in maps that an author chooses.
enum EntryName {
    /// A role of a prompt, a setting or a parameter: `[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}`.
    static func read(_ entry: YamlNode.Entry, of key: String, log: FindingLog) -> String? {
        if isName(entry.key, also: []) { return entry.key }
        report(entry, "is not a name in '\(key)'", log)
        return nil
    }

    /// A label: the same with `/`, as in `team.example/owner`.
    static func label(_ entry: YamlNode.Entry, log: FindingLog) -> String? {
        if isName(entry.key, also: [0x2F]) { return entry.key }
        report(entry, "is not the name of a label", log)
        return nil
    }

    /// The name of a tool.
    static func tool(_ entry: YamlNode.Entry, log: FindingLog) -> ToolName? {
        if let name = ToolName(entry.key) { return name }
        report(entry, "is not the name of a tool", log)
        return nil
    }

    private static func report(_ entry: YamlNode.Entry, _ problem: String, _ log: FindingLog) {
        log.malformed(
            "invalid-name", at: entry.keyMark, "\(KeyText.shown(entry.key)) \(problem)",
            hint: "use letters, digits, '_', '.' and '-', at most 64 characters")
    }

    private static func isName(_ text: String, also extra: Set<UInt8>) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 64, isWord(first) else {
            return false
        }
        return text.utf8.allSatisfy {
            isWord($0) || $0 == 0x2E || $0 == 0x2D || extra.contains($0)
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A)
            || (byte >= 0x61 && byte <= 0x7A) || byte == 0x5F
    }
}
