/// The one public error of Sheaf.
///
/// It never carries a secret, file content beyond four characters of a match, or a host path that
/// its reader does not own.
public struct SheafError: Error, Hashable, Sendable {
    /// The stable code.
    public let code: Code
    /// What happened, for people.
    public let message: String
    /// Structured facts beside the message, e.g. `expected` and `actual`.
    public let details: [String: String]
    /// What to do next.
    public let hint: String?
    /// Every finding behind this error, in file and line order; empty for most codes.
    public let findings: [Finding]

    /// Creates an error.
    public init(
        _ code: Code, _ message: String, details: [String: String] = [:], hint: String? = nil,
        findings: [Finding] = []
    ) {
        self.code = code
        self.message = DisplayText.masked(message)
        self.details = details.mapValues(DisplayText.masked)
        self.hint = hint.map(DisplayText.masked)
        self.findings = findings
    }

    /// Creates an error whose words all stand in the program, so that none needs to be looked at for
    /// a secret.
    package init(_ code: Code, constant message: StaticString, hint: StaticString) {
        self.code = code
        self.message = message.description
        self.details = [:]
        self.hint = hint.description
        self.findings = []
    }

    /// One error out of many findings, with the first of their codes in the order of precedence.
    ///
    /// Returns nil when there are none.
    public init?(findings: [Finding], in subject: String) {
        guard let code = findings.map(\.code).min(by: { $0.precedence < $1.precedence }) else {
            return nil
        }
        let count = findings.count
        self.init(
            code, "\(subject) has \(count) \(count == 1 ? "problem" : "problems")",
            details: ["findings": String(count)], findings: findings.sorted())
    }
}

extension SheafError: CustomStringConvertible {
    /// `code: message`, for logs.
    public var description: String { "\(code.rawValue): \(message)" }
}
