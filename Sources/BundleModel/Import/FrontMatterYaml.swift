/// Front matter that is YAML as it stands, under the same strict meaning as a bundle's documents.
enum FrontMatterYaml {
    /// The keys of a map; nil when the lines are anything else.
    static func entries(of lines: [String], firstLine: Int) -> [FrontMatter.Entry]? {
        let log = FindingLog(path: "")
        let text = lines.joined(separator: "\n") + "\n"
        guard let root = YamlDocument.read(Array(text.utf8), log: log), log.findings.isEmpty,
            case .mapping(let entries) = root.content
        else { return nil }
        return entries.map { entry in
            FrontMatter.Entry(
                key: entry.key, line: firstLine + entry.keyMark.line - 1,
                value: FrontMatterValue(entry.value))
        }
    }

    /// The value of one key; nil when the lines are anything else.
    static func value(of lines: [String]) -> FrontMatterValue? {
        let entries = entries(of: lines, firstLine: 1)
        return entries?.count == 1 ? entries?.first?.value : nil
    }
}

extension FrontMatterValue {
    fileprivate init(_ node: YamlNode) {
        switch node.content {
        case .scalar(let text, _): self = node.isNull || text.isEmpty ? .null : .text(text)
        case .sequence(let items):
            let texts = items.compactMap(\.scalarText)
            self = texts.count == items.count ? .list(texts) : .other
        case .mapping(let entries):
            let pairs = entries.compactMap { entry in
                entry.value.scalarText.map { Pair(key: entry.key, value: $0) }
            }
            self = pairs.count == entries.count ? .map(pairs) : .other
        }
    }
}

extension YamlNode {
    fileprivate var scalarText: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }
}
