import Foundation

/// The `git` program, without configuration of this host: the oracle of these tests.
struct Git: Sendable {
    var folder: String

    /// Runs git and gives its standard output without the last line break.
    @discardableResult
    func callAsFunction(_ arguments: String..., input: Data = Data()) async throws -> String {
        let output = try await bytes(arguments, input: input)
        let text = String(decoding: output, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// Runs git and gives its standard output; throws when it exits with another status.
    func bytes(
        _ arguments: [String], input: Data = Data(), allowing statuses: Set<Int32> = [0]
    ) async throws -> Data {
        try await Command.run(
            "git", arguments, in: folder, environment: Self.environment, input: input,
            allowing: statuses)
    }

    static var environment: [String: String] {
        [
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
            "GIT_AUTHOR_DATE": "1700000000 +0130", "GIT_COMMITTER_NAME": "Bob",
            "GIT_COMMITTER_EMAIL": "bob@example.org", "GIT_COMMITTER_DATE": "1700000100 -0800",
            "LC_ALL": "C",
        ]
    }
}

extension Git {
    /// A new repository with a work tree, whose first branch is `main`.
    static func repository(at path: String) async throws -> Git {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let git = Git(folder: path)
        try await git("init", "-q", "-b", "main")
        return git
    }

    /// Commits the whole work tree and gives the commit's id.
    func commit(_ message: String) async throws -> String {
        try await self("add", "-A")
        try await self("commit", "-q", "--allow-empty", "-m", message)
        return try await self("rev-parse", "HEAD")
    }
}
