import BundleModel
import Foundation
import TestSupport

/// A release made with git's plumbing alone, right or wrong in any part.
struct ForgedRelease: Sendable {
    var workspace = "acme"
    var bundle = "support-agents"
    var channel = "latest"
    var revision = 1
    var sequence = 1
    /// What the trailers claim; the contents' own digest when nil.
    var digest: String?
    var parents: [String] = []
    /// The files; the tree is built from them unless one is given.
    var contents = SampleBundle.plain
    var tree: String?
    /// Trailers by name that replace those above; an empty text leaves one out.
    var trailers: [String: String] = [:]
    /// Lines after the other trailers.
    var moreTrailers: [String] = []
    /// The branch that the commit is put on.
    var branch: String?

    /// Writes the commit into a repository and returns its id.
    func commit(in git: GitOracle) async throws -> String {
        let tree: String =
            if let tree = self.tree { tree } else { try await contents.tree(in: git) }
        let digest: String =
            if let digest = self.digest { digest } else { try contents.digest.description }
        let message = message(digest: digest)
        let arguments =
            ["commit-tree", tree] + parents.flatMap { ["-p", $0] } + ["-F", "-"]
        return try await git.check(arguments, input: Array(message.utf8)).trimmed
    }

    /// The message of the commit.
    func message(digest: String) -> String {
        var lines = ["Release revision \(revision) of \(bundle) to \(channel)", ""]
        for (name, value) in [
            ("Bundle-Workspace", workspace), ("Bundle-Id", bundle),
            ("Bundle-Revision", String(revision)), ("Bundle-Digest", digest),
            ("Bundle-Source", "directory:agents"), ("Bundle-Publisher", "sheaf/0.1.0"),
            ("Release-Channel", channel), ("Release-Sequence", String(sequence)),
            ("Release-Revision-Commit", String(repeating: "a", count: 40)),
            ("Release-Reason", "a test"),
        ] {
            let text = trailers[name] ?? value
            if !text.isEmpty { lines.append("\(name): \(text)") }
        }
        lines += moreTrailers
        return lines.joined(separator: "\n") + "\n"
    }

    /// Writes the commit and puts the channel's branch on it, whatever it was on.
    @discardableResult
    func put(in git: GitOracle) async throws -> String {
        let commit = try await commit(in: git)
        try await git.check(
            "update-ref", branch ?? "refs/heads/channels/\(bundle)/\(channel)", commit)
        return commit
    }
}

extension SampleBundle {
    /// Writes the files as Git's objects and returns the id of the tree.
    func tree(in git: GitOracle) async throws -> String {
        var index = ""
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            let blob = try await git.check("hash-object", "-w", "--stdin", input: bytes).trimmed
            index += "100644 \(blob)\t\(path)\n"
        }
        return try await Self.tree(index: index, in: git)
    }

    /// The tree of lines `<mode> <object>\t<path>`.
    static func tree(index: String, in git: GitOracle) async throws -> String {
        var indexed = git
        let file = git.program.directory.appending(path: "index-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        indexed.program.environment["GIT_INDEX_FILE"] = file.path(percentEncoded: false)
        try await indexed.check("update-index", "--index-info", input: Array(index.utf8))
        return try await indexed.text("write-tree")
    }
}
