public import BundleModel

/// An error: RFC 9457 with the stable code beside.
public struct ProblemDocument: Hashable, Sendable, Codable {
    /// What a server says of a path that it does not have; of what is not there it says which.
    package static let noSuchRoute = "there is nothing here"

    /// `about:blank`: the code says what the problem is.
    public let type: String
    /// The words of the status.
    public let title: String
    /// The status.
    public let status: Int
    /// The stable code.
    public let code: String
    /// What happened.
    public let detail: String
    /// What to do next.
    public let hint: String?
    /// Facts beside the words.
    public let details: [String: String]?
    /// Every finding behind the error.
    public let findings: [Finding]?
    /// The number under which the server logged the request.
    public let requestId: String?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case type, title, status, code, detail, hint, details, findings, requestId
    }

    /// Creates the document out of its fields.
    public init(
        type: String, title: String, status: Int, code: String, detail: String, hint: String? = nil,
        details: [String: String]? = nil, findings: [Finding]? = nil, requestId: String? = nil
    ) {
        self.type = type
        self.title = title
        self.status = status
        self.code = code
        self.detail = detail
        self.hint = hint
        self.details = details
        self.findings = findings
        self.requestId = requestId
    }
}
