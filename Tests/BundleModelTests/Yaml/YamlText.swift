import BundleModel

/// What a text is as YAML, for tests.
struct YamlText {
    let root: YamlNode?
    let findings: [Finding]

    init(_ text: String, limits: ContentLimits = .standard) {
        self.init(bytes: Array(text.utf8), limits: limits)
    }

    init(bytes: [UInt8], limits: ContentLimits = .standard) {
        let log = FindingLog(path: "test.yaml")
        root = YamlDocument.read(bytes, limits: limits, log: log)
        findings = log.findings
    }

    /// The rules that were broken, with line and column.
    var problems: [String] {
        findings.map { "\($0.rule) \($0.line ?? 0):\($0.column ?? 0)" }
    }
}
