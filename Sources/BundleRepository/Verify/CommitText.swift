internal import BundleModel
internal import LibGit2

/// What a commit says in words: its message with the trailers, its people and its other headers.
///
/// All of it is kept and shown wherever the history is, so it is held to the boundary as contents
/// are, at every door.
enum CommitText {
    /// Every secret in a commit.
    static func findings(_ commit: RawCommit) -> [Finding] {
        var headers = [commit.author, commit.committer].map { "\($0.name) <\($0.email)>" }
        headers += commit.headers.map { "\($0.name) \($0.value)" }
        return findings(message: commit.message)
            + BoundaryScan.findings(
                inText: headers.joined(separator: "\n"), named: "commit header")
    }

    /// Every secret in a message alone.
    static func findings(message: [UInt8]) -> [Finding] {
        BoundaryScan.findings(
            inText: String(decoding: message, as: UTF8.self), named: "commit message")
    }

    /// Throws `forbidden_content` before a commit with a secret in it is written.
    static func require(_ commit: RawCommit) throws(SheafError) {
        try require(findings(commit))
    }

    /// Throws `forbidden_content` for a message with a secret in it.
    static func require(message: [UInt8]) throws(SheafError) {
        try require(findings(message: message))
    }

    private static func require(_ findings: [Finding]) throws(SheafError) {
        if let error = SheafError(findings: findings, in: "what the commit says") { throw error }
    }
}
