/// A file read under the one strict meaning of YAML.
///
/// No aliases, anchors, tags, directives, merge keys, duplicate keys or second documents; keys are
/// scalars; nesting is limited. Everything of that is refused before any value is interpreted.
package struct YamlDocument: Hashable, Sendable {
    /// The file's path, for findings.
    package let path: String
    /// The one value of the document.
    package let root: YamlNode

    /// Reads a file; throws an error with every finding.
    ///
    /// Codes: `malformed_bundle`, and `limit_exceeded` for size and nesting.
    package init(
        _ bytes: [UInt8], path: String, limits: ContentLimits = .standard
    ) throws(SheafError) {
        let log = FindingLog(path: path)
        let root = Self.read(bytes, limits: limits, log: log)
        if let error = SheafError(findings: log.findings, in: "'\(DisplayText.escape(path))'") {
            throw error
        }
        guard let root else {
            throw SheafError(.malformedBundle, "'\(DisplayText.escape(path))' has no value")
        }
        self.path = path
        self.root = root
    }

    /// Reads a file and reports what is wrong to a log; nil when no value could be made of it.
    ///
    /// A value can be returned beside findings, so that later findings are collected too.
    package static func read(
        _ bytes: [UInt8], limits: ContentLimits = .standard, log: FindingLog
    ) -> YamlNode? {
        let outcome = YamlReader.read(bytes, limits: limits)
        for problem in outcome.problems { problem.report(to: log) }
        return outcome.root
    }
}
