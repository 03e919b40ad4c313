/// Something that is wrong with a YAML document, before it is reported.
struct YamlProblem: Error, Hashable, Sendable {
    /// The stable name of the rule that was broken.
    let rule: String
    /// Where; nil when it concerns the whole document.
    let mark: SourceMark?
    /// What was found and what the rule is.
    let message: String
    /// What to do about it.
    let hint: String?
    /// Whether a limit was exceeded, which has a code of its own.
    let isLimit: Bool

    init(
        _ rule: String, at mark: SourceMark?, _ message: String, hint: String? = nil,
        isLimit: Bool = false
    ) {
        self.rule = rule
        self.mark = mark
        self.message = message
        self.hint = hint
        self.isLimit = isLimit
    }

    /// Adds the problem to a log, with the log's code for broken structure or `limit_exceeded`.
    func report(to log: FindingLog) {
        log.report(
            isLimit ? .limitExceeded : log.malformedCode, rule, at: mark, message, hint: hint)
    }
}

extension YamlProblem {
    static func complexKey(at mark: SourceMark) -> Self {
        Self(
            "yaml-complex-key", at: mark, "only a text followed by ': ' can be a key",
            hint: "write 'key: value', without '?' and brackets")
    }

    static func alias(at mark: SourceMark) -> Self {
        Self(
            "yaml-alias", at: mark, "an alias ('*') is not supported",
            hint: "write the value itself; a text that starts with '*' needs quotes")
    }

    static func anchor(at mark: SourceMark) -> Self {
        Self(
            "yaml-anchor", at: mark, "an anchor ('&') is not supported",
            hint: "write the value where it is needed, or share it with 'extends'")
    }

    static func tag(at mark: SourceMark) -> Self {
        Self(
            "yaml-tag", at: mark, "a tag ('!') is not supported",
            hint: "the schema gives every value its type; put text in quotes if need be")
    }

    static func mergeKey(at mark: SourceMark) -> Self {
        Self(
            "yaml-merge-key", at: mark, "a merge key ('<<') is not supported",
            hint: "write the keys out, or share them with 'extends'")
    }

    static func duplicateKey(_ key: String, at mark: SourceMark, first: SourceMark) -> Self {
        Self(
            "duplicate-key", at: mark,
            "the key \(KeyText.shown(key)) is already in line \(first.line)",
            hint: "keep one of the two")
    }

    static func directive(at mark: SourceMark) -> Self {
        Self(
            "yaml-directive", at: mark, "the line starts with '%', a directive",
            hint: "remove the directive; documents are plain YAML")
    }

    static func secondDocument(at mark: SourceMark) -> Self {
        Self(
            "second-document", at: mark, "a second document starts here",
            hint: "a file holds one document; split the file")
    }

    static let emptyDocument = Self(
        "empty-document", at: .start, "the document is empty",
        hint: "a document starts with its schema")

    static func nesting(over limit: Int, at mark: SourceMark) -> Self {
        Self(
            "nesting-too-deep", at: mark, "values are nested deeper than \(limit) levels",
            hint: "flatten the document", isLimit: true)
    }
}
