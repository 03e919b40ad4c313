@testable import BundleModel

/// Values that tests of provenance share.
enum Samples {
    static let commit = "0123456789abcdef0123456789abcdef01234567"
    static let otherCommit = "89abcdef0123456789abcdef0123456789abcdef"
    static let digest = "sha256:" + String(repeating: "0123456789abcdef", count: 4)

    /// The trailers of a revision from outside Git.
    static let revision: [(String, String)] = [
        ("Bundle-Workspace", "acme"), ("Bundle-Id", "support-agents"), ("Bundle-Revision", "12"),
        ("Bundle-Digest", digest), ("Bundle-Source", "directory:agents"),
        ("Bundle-Publisher", "sheaf/0.1.0"),
    ]

    /// The trailers of a revision from a checkout.
    static let revisionInGit: [(String, String)] = [
        ("Bundle-Workspace", "acme"), ("Bundle-Id", "support-agents"), ("Bundle-Revision", "12"),
        ("Bundle-Digest", digest),
        ("Bundle-Source", "git+https://git.example/acme/config@\(commit)#agents/support"),
        ("Bundle-Source-State", "clean"), ("Bundle-Publisher", "sheaf/0.1.0"),
    ]

    /// What a release adds.
    static let release: [(String, String)] = [
        ("Release-Channel", "stable"), ("Release-Sequence", "3"),
        ("Release-Revision-Commit", commit), ("Release-Reason", "Fewer false alarms"),
    ]

    /// A commit message with these trailers.
    static func message(_ trailers: [(String, String)]) throws -> CommitMessage {
        let block = trailers.map { "\($0): \($1)" }.joined(separator: "\n")
        return try CommitMessage(bytes: Array("Publish\n\n\(block)\n".utf8))
    }
}
