import Foundation
import TestSupport

/// A Git host without anything of Sheaf: a directory of bare repositories.
struct PlainHost: Sendable {
    let root: TemporaryDirectory
    let git: GitOracle

    /// A host with one empty repository.
    init(_ name: String = "acme.git") async throws {
        root = try TemporaryDirectory("sheaf-host")
        git = try await GitOracle(bareRepositoryAt: root.appending(name))
        // Whoever reaches it may push: who that is, is the server's to ask.
        try await git.check("config", "http.receivepack", "true")
    }

    var repository: URL { git.program.directory }
    var path: String { repository.path(percentEncoded: false) }
    /// The repository's address as a path of this machine that is reached like another place.
    var url: String { "file://\(path)" }

    /// Where a branch is; nil when it is not there.
    func tip(_ branch: String) async throws -> String? {
        let output = try await git.run(["rev-parse", "--verify", "--quiet", "refs/heads/\(branch)"])
        return output.succeeded ? output.trimmed : nil
    }

    /// Installs a hook in the repository.
    func hook(_ name: String, _ script: String) throws {
        let file = repository.appending(path: "hooks/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: file.path(percentEncoded: false))
    }
}

extension Desk {
    /// The same desk, working with a repository at another place.
    func on(_ url: String, _ environment: [String: String?] = [:]) -> Desk {
        var desk = self
        desk.sheaf = sheaf.with(environment.merging(["SHEAF_REPOSITORY": url]) { $1 })
        return desk
    }

    /// The directory of copies of repositories at other places.
    var copies: URL { home.appending(".cache/sheaf/remotes") }

    /// Git in the only copy.
    func copy() throws -> GitOracle {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: copies.path(percentEncoded: false))
        guard let name = names.first(where: { $0.hasSuffix(".git") }) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return GitOracle(in: copies.appending(path: name))
    }

    /// Writes an executable script into the home directory and gives its path.
    func script(_ text: String, _ name: String) throws -> String {
        let file = try home.write("#!/bin/sh\n\(text)\n", to: name)
        let path = file.path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return path
    }
}
