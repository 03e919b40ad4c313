import Foundation
import TestSupport

/// Commits and trees that Sheaf itself would never write, made with Git's plumbing.
struct Forge {
    let git: GitOracle

    /// What a forged commit has in place of what the original has.
    struct Change {
        var tree: String?
        var parents: [String]?
        var author: String?
        var committer: String?
        var headers: [String] = []
        /// New values of trailers; nil takes a trailer out.
        var trailers: [String: String?] = [:]
        /// The whole message.
        var message: [UInt8]?
    }

    /// Writes a commit like another one with something changed, and gives its id.
    func commit(like original: String, _ change: Change) async throws -> String {
        let raw = try await git.check("cat-file", "commit", original).text
        let parts = raw.split(separator: "\n\n", maxSplits: 1).map(String.init)
        var header = parts[0].split(separator: "\n").map(String.init)
        if let tree = change.tree { header[0] = "tree \(tree)" }
        if let parents = change.parents {
            header.removeAll { $0.hasPrefix("parent ") }
            header.insert(contentsOf: parents.map { "parent \($0)" }, at: 1)
        }
        for (name, value) in [("author", change.author), ("committer", change.committer)] {
            guard let value, let line = header.firstIndex(where: { $0.hasPrefix(name) }) else {
                continue
            }
            header[line] = "\(name) \(value)"
        }
        header += change.headers
        let lines = parts[1].split(separator: "\n", omittingEmptySubsequences: false)
        let message = lines.compactMap { line -> String? in
            let key = line.split(separator: ":", maxSplits: 1).first.map(String.init) ?? ""
            guard let value = change.trailers[key] else { return String(line) }
            return value.map { "\(key): \($0)" }
        }
        let text = Array((header.joined(separator: "\n") + "\n\n").utf8)
        return try await object(
            "commit", text + (change.message ?? Array(message.joined(separator: "\n").utf8)))
    }

    /// Writes any object without Git's own checks, and gives its id.
    func object(_ kind: String, _ bytes: [UInt8]) async throws -> String {
        try await git.check(
            ["hash-object", "-t", kind, "--literally", "-w", "--stdin"], input: bytes
        ).trimmed
    }

    /// Writes a tree with exactly these entries in this order.
    func tree(_ entries: [(mode: String, name: String, id: String)]) async throws -> String {
        var bytes: [UInt8] = []
        for entry in entries {
            bytes += Array("\(entry.mode) \(entry.name)".utf8) + [0]
            var id = entry.id[...]
            while !id.isEmpty {
                bytes.append(UInt8(id.prefix(2), radix: 16) ?? 0)
                id = id.dropFirst(2)
            }
        }
        return try await object("tree", bytes)
    }

    /// The entries of a tree.
    func entries(_ tree: String) async throws -> [(mode: String, name: String, id: String)] {
        let records = try await git.check("ls-tree", "-z", tree).standardOutput.split(separator: 0)
        return records.map { record in
            let text = String(decoding: record, as: UTF8.self)
            let parts = text.split(separator: "\t", maxSplits: 1)
            let facts = parts[0].split(separator: " ")
            let mode = facts[0].drop { $0 == "0" }
            return (String(mode), String(parts[1]), String(facts[2]))
        }
    }

    func setReference(_ name: String, _ target: String) async throws {
        try await git.check("update-ref", name, target)
    }
}

extension Workshop {
    var forge: Forge { Forge(git: git) }

    static let revisions = "refs/heads/bundles/support-agents"
    static let latest = "refs/heads/channels/support-agents/latest"
}
