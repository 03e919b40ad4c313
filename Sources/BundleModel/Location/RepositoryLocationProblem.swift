/// Why a text is no location of a repository.
public struct RepositoryLocationProblem: Error, Hashable, Sendable {
    /// The stable name of the rule.
    public let rule: String
    /// What is wrong, without the text itself: it may hold a secret.
    public let message: String
    /// What to write instead.
    public let hint: String

    static let unsupported = Self(
        rule: "unsupported-repository",
        message: "the repository is neither an absolute path nor a URL that is supported",
        hint: "write an absolute path, or a URL that starts with https:// or ssh://")
    static let userinfo = Self(
        rule: "userinfo-in-url", message: "the repository's URL has a name or password",
        hint: "name a file or variable under 'credential' in the host policy")
    static let password = Self(
        rule: "userinfo-in-url", message: "the repository's URL has a password",
        hint: "keep the name of the account only; SSH takes the key from 'credential' in the host "
            + "policy, an agent, or its own configuration")
    static let control = Self(
        rule: "invalid-path", message: "the path has a control character",
        hint: "write it without")
    static let host = Self(
        rule: "invalid-repository-host", message: "the repository's URL has no valid host",
        hint: "write a name of letters, digits, '-' and '.', or an address; IPv6 in brackets")
    static let port = Self(
        rule: "invalid-repository-port", message: "the repository's URL has no valid port",
        hint: "write a number from 1 to 65535")
    static let query = Self(
        rule: "query-in-url", message: "the repository's URL has a query or fragment",
        hint: "write the URL of the repository alone; a credential goes under 'credential' in the "
            + "host policy")
    static let path = Self(
        rule: "invalid-repository-path", message: "the repository's URL has no valid path",
        hint: "write names separated by '/', without '..', spaces, or an encoded '/' or NUL; "
            + "'{bundle}' stands for the bundle")
}
