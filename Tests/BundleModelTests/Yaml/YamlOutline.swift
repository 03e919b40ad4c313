import BundleModel

/// A value of a document in one line, for tables: `{a@1:1: 'b'@1:4}`; plain texts have no quotes.
func outline(_ node: YamlNode) -> String {
    let mark = "@\(node.mark.line):\(node.mark.column)"
    switch node.content {
    case .scalar(let text, isPlain: true): return text + mark
    case .scalar(let text, isPlain: false): return "'\(text)'" + mark
    case .sequence(let items):
        return "[" + items.map(outline).joined(separator: ", ") + "]" + mark
    case .mapping(let entries):
        let shown = entries.map { entry in
            "\(entry.key)@\(entry.keyMark.line):\(entry.keyMark.column): \(outline(entry.value))"
        }
        return "{" + shown.joined(separator: ", ") + "}" + mark
    }
}

/// What reading a text gives: its value in one line, and its findings as `rule line:column`.
func read(
    _ bytes: [UInt8], limits: ContentLimits = .standard
) -> (value: String?, findings: [String]) {
    let log = FindingLog(path: "profiles/coder.yaml")
    let node = YamlDocument.read(bytes, limits: limits, log: log)
    let findings = log.findings.map { finding in
        "\(finding.rule) \(finding.line ?? 0):\(finding.column ?? 0)"
    }
    return (node.map(outline), findings)
}

func read(_ text: String) -> (value: String?, findings: [String]) { read(Array(text.utf8)) }
