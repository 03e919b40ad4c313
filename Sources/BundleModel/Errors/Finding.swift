/// One thing that is wrong with a bundle, where it is and what to write instead.
///
/// A finding never repeats file content beyond four characters of what it found.
public struct Finding: Hashable, Sendable, Codable {
    /// The code that this finding alone would give.
    public let code: SheafError.Code
    /// A stable name of the rule that was broken, e.g. `unknown-key`.
    public let rule: String
    /// The path inside the bundle, with characters that would disturb a terminal escaped and
    /// without what looks like a secret in a name.
    public let path: String?
    /// The line, counted from 1.
    public let line: Int?
    /// The column in Unicode scalars, counted from 1.
    public let column: Int?
    /// What was found and what the rule is.
    public let message: String
    /// What to do about it.
    public let hint: String?

    /// Creates a finding.
    public init(
        code: SheafError.Code, rule: String, path: String? = nil, line: Int? = nil,
        column: Int? = nil, message: String, hint: String? = nil
    ) {
        self.code = code
        self.rule = rule
        self.path = path.map { DisplayText.escape(DisplayText.masked($0)) }
        self.line = line
        self.column = column
        self.message = DisplayText.masked(message)
        self.hint = hint.map(DisplayText.masked)
    }

    /// `file:line:column`, as far as each is known.
    public var location: String? {
        guard let path else { return nil }
        guard let line else { return path }
        guard let column else { return "\(path):\(line)" }
        return "\(path):\(line):\(column)"
    }
}

extension Finding: Comparable {
    /// Orders findings by file, line, column and rule.
    public static func < (left: Finding, right: Finding) -> Bool {
        let leftKey = (left.path ?? "", left.line ?? 0, left.column ?? 0, left.rule)
        let rightKey = (right.path ?? "", right.line ?? 0, right.column ?? 0, right.rule)
        if leftKey != rightKey { return leftKey < rightKey }
        return left.message < right.message
    }
}
