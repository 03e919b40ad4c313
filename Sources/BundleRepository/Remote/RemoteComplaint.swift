internal import BundleModel

/// What `git` writes to standard error when a transfer fails, and what that means.
///
/// There is no other sign: Git ends with 128 for all of it. The words are those of Git 2.39,
/// libcurl and OpenSSH in the locale C; what is not known is handed on without addresses.
struct RemoteComplaint {
    private let text: String
    private let isBounded: Bool

    /// Takes what Git wrote.
    ///
    /// - Parameters:
    ///   - text: all of it.
    ///   - isBounded: whether this process bounds what the run may take of memory and disk; only then
    ///     can that be what it failed by.
    init(_ text: String, isBounded: Bool) {
        self.text = text
        self.isBounded = isBounded
    }

    /// The error for the user.
    var error: SheafError {
        if isBounded, isOverBounds {
            return SheafError(
                .limitExceeded, "the repository sends more than is taken in one transfer")
        }
        for (code, words, message, hint) in Self.meanings
        where words.contains(where: text.contains) {
            return SheafError(code, message, hint: hint)
        }
        let line = presentable
        return SheafError(
            .remoteUnavailable,
            "the repository cannot be reached" + (line.isEmpty ? "" : ": \(line)"),
            hint: "'git ls-remote' with the same address may tell more")
    }

    /// Git's own words without what it prefixes them with, and without addresses, into which a
    /// user's configuration may have put a credential.
    private var presentable: String {
        let lines = text.split(whereSeparator: \.isNewline)
        let line =
            lines.last { $0.hasPrefix("fatal: ") && !$0.contains("hung up") }
            ?? lines.last { $0.hasPrefix("fatal: ") } ?? lines.last ?? ""
        let words = line.split(separator: " ").drop { $0 == "fatal:" || $0 == "error:" }
        let shown = words.map { word -> Substring in
            word.contains("://") || word.contains("@") || word.contains("/") ? "…" : word
        }
        return DisplayText.escape(String(shown.joined(separator: " ").prefix(300)))
    }

    /// Whether Git itself came to its bounds. What the server says of its own memory and disk, in
    /// lines that Git marks as its words, is another matter.
    private var isOverBounds: Bool {
        text.split(whereSeparator: \.isNewline).contains { line in
            !line.hasPrefix("remote: ")
                && ["File too large", "Out of memory", "out of memory"].contains(
                    where: line.contains)
        }
    }

    private typealias Meaning = (SheafError.Code, [String], String, String?)

    private static let meanings: [Meaning] = [
        (
            .remoteUnavailable,
            [
                "Host key verification failed", "certificate problem", "certificate verification",
                "certificate subject name",
            ], "the repository's host is not trusted: its key or certificate is not known here",
            "Git trusts what 'http.sslCAInfo' names, and ssh its known hosts"
        ),
        (
            .remoteUnauthorized,
            [
                "Authentication failed", "could not read Username", "could not read Password",
                "returned error: 401", "returned error: 403", "Permission denied (",
                "Too many authentication failures", "access denied or repository not exported",
                "service not enabled",
            ], "the repository refuses the credentials that Git has for it, or Git has none",
            "'git ls-remote' with the same address asks for them; 'git credential approve' stores "
                + "one, and an SSH key belongs into the agent"
        ),
        (
            .remoteUnavailable,
            [
                "returned error: 503", "returned error: 429", "returned error: 502",
                "returned error: 504",
            ], "the repository is busy", "try again later"
        ),
        (
            .limitExceeded, ["returned error: 413"],
            "the repository does not take as much at once", nil
        ),
        (
            .remoteUnavailable,
            [
                "returned error: 301", "returned error: 302", "returned error: 307",
                "returned error: 308", "unable to update url base from redirection",
            ], "the repository is at another address now",
            "name the address that this one leads to: a redirect is not followed"
        ),
        (
            .remoteUnavailable,
            [
                "returned error: 404", "not found", "does not appear to be a git repository",
                "does not exist", "No such file or directory",
            ], "there is no repository at this address, or it does not show itself",
            "a repository at another host is made there: 'git init --bare', or its own pages"
        ),
        (
            .remoteUnavailable, ["dubious ownership"],
            "the repository belongs to another user of this machine",
            "'git config --global --add safe.directory PATH' says that it is trusted"
        ),
        (
            .deadlineExceeded,
            ["Operation too slow", "Connection timed out", "Operation timed out"],
            "the repository does not answer", nil
        ),
        (
            .remoteUnavailable, ["Could not resolve host"],
            "the name of the repository's host cannot be resolved", nil
        ),
        (
            .remoteUnavailable,
            [
                "Failed to connect", "Couldn't connect", "Connection refused", "unable to connect",
            ], "nothing answers at the repository's host and port", nil
        ),
        (
            .conflict, ["couldn't find remote ref"],
            "a branch of the repository was removed while it was read", "try again"
        ),
        (
            .remoteUnavailable, ["does not support --atomic"],
            "the repository cannot move a revision and its release together",
            "publish with '--no-release', then 'sheaf channel release'"
        ),
    ]
}
