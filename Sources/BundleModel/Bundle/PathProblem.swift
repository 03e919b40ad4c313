/// Why a path cannot be inside a bundle.
public struct PathProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The stable name of the rule, e.g. `path-control-name`.
    public let rule: String
    /// What is wrong, as the end of a sentence that starts with the path.
    public let problem: String
    /// The path, escaped for display.
    public let path: String

    init(_ rule: String, _ problem: String, path: String) {
        self.rule = rule
        self.problem = problem
        // A name from a hostile tree can be of any length.
        let shown = DisplayText.masked(path)
        self.path = DisplayText.escape(String(shown.unicodeScalars.prefix(Self.shownLength)))
    }

    /// How many characters of a path are shown.
    static let shownLength = 512

    /// The path and what is wrong with it.
    public var description: String { "'\(path)' \(problem)" }

    /// The same as a finding of `malformed_bundle`.
    public var finding: Finding {
        Finding(
            code: rule == "path-too-long" || rule == "path-too-deep"
                ? .limitExceeded : .malformedBundle,
            rule: rule, path: path, message: "the name \(problem)",
            hint: "rename the file or directory")
    }
}
