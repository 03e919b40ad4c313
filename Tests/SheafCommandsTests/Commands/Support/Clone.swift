import Foundation
import TestSupport

/// Somebody who works with plain Git on a bundle's branch: a clone with Sheaf's hooks, and the
/// repository behind its push gate.
struct Clone: Sendable {
    let desk: Desk
    let name: String

    /// A clone of a repository with one published revision.
    init(of desk: Desk, name: String = "clone", hooks: Bool = true) async throws {
        self.desk = desk
        self.name = name
        try await desk.plainGit.check(
            "clone", "--quiet", desk.repository.path(percentEncoded: false), name)
        if hooks { try await desk.check("hook", "install", "--checkout", name) }
    }

    static func published() async throws -> Clone { try await Clone(of: .published()) }

    var directory: URL { desk.home.appending(name) }
    /// Git in the clone, with the variables that a user's shell has.
    var git: GitOracle { git(environment: [:]) }

    func git(environment: [String: String]) -> GitOracle {
        GitOracle(
            in: directory,
            environment: ["HOME": desk.home.path].merging(environment) { $1 })
    }

    /// Changes a prompt.
    func edit(_ text: String, _ file: String = "prompts/coder.md") throws {
        try desk.home.write(text, to: "\(name)/\(file)")
    }

    /// Changes a prompt and commits it as anybody would.
    @discardableResult
    func commit(_ text: String, _ arguments: String...) async throws -> String {
        try edit("\(text)\n")
        try await git.check("add", "--all")
        try await git.check(["commit", "--quiet", "-m", text] + arguments)
        return try await git.commit("HEAD")
    }

    /// The message of a commit.
    func message(_ commit: String = "HEAD") async throws -> String {
        try await git.text("log", "-1", "--format=%B", commit)
    }

    /// The value of a trailer of a commit.
    func trailer(_ key: String, _ commit: String = "HEAD") async throws -> String {
        try await git.text(
            "log", "-1", "--format=%(trailers:key=\(key),valueonly,separator=%x2C)", commit)
    }

    /// Makes a commit like another with something changed, past all hooks, and gives its id.
    func forge(
        like original: String = "HEAD", tree: String? = nil, parents: [String]? = nil,
        environment: [String: String] = [:], configuration: [String] = [],
        message change: (String) -> String = { $0 }
    ) async throws -> String {
        let text = change(try await message(original))
        let parents = if let parents { parents } else { try await self.parents(of: original) }
        var arguments = configuration + ["commit-tree", tree ?? "\(original)^{tree}", "-F", "-"]
        for parent in parents { arguments += ["-p", parent] }
        return try await git(environment: environment)
            .check(arguments, input: Array((text + "\n").utf8)).trimmed
    }

    func parents(of commit: String) async throws -> [String] {
        try await git.text("log", "-1", "--format=%P", commit).split(separator: " ")
            .map(String.init)
    }

    func push(_ arguments: String...) async throws -> ProgramOutput { try await push(arguments) }

    func push(_ arguments: [String]) async throws -> ProgramOutput {
        try await git.run(["push", "origin"] + arguments)
    }

    /// Runs `sheaf` in the clone.
    func sheaf(_ arguments: String...) async throws -> ProgramOutput {
        try await desk.sheaf.running(in: directory).run(arguments)
    }
}

extension Desk {
    /// Git in the home directory.
    var plainGit: GitOracle { GitOracle(in: home.url) }

    /// Every reference of the repository, HEAD, and every object.
    func serverState() async throws -> [String] {
        let references = try await git.lines("for-each-ref", "--format=%(refname) %(objectname)")
        let objects = try await git.lines(
            "cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
        return references + [try await git.text("symbolic-ref", "HEAD")] + objects
    }

    /// Writes a file of the repository's own directory.
    func writeServer(_ text: String, _ path: String, mode: Int? = nil) throws {
        let file = repository.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? FileManager.default.removeItem(at: file)
        try Data(text.utf8).write(to: file)
        if let mode { try setServerMode(mode, path) }
    }

    func setServerMode(_ mode: Int, _ path: String) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: mode],
            ofItemAtPath: repository.appending(path: path).path(percentEncoded: false))
    }
}
