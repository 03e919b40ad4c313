import TestSupport

extension Desk {
    static let branch = "refs/heads/bundles/support-agents"
    static let latest = "refs/heads/channels/support-agents/latest"

    /// Makes a commit with plain Git, as somebody with a clone could, and puts a branch on it.
    @discardableResult
    func forge(
        _ reference: String, message: String, tree: String? = nil, parents: [String] = [],
        environment: [String: String] = [:]
    ) async throws -> String {
        var git = git
        git.program.environment.merge(environment) { $1 }
        let tree =
            if let tree { tree } else { try await git.text("rev-parse", "\(reference)^{tree}") }
        var arguments = ["commit-tree", tree, "-F", "-"]
        for parent in parents { arguments += ["-p", parent] }
        let commit = try await git.check(arguments, input: Array(message.utf8)).trimmed
        try await git.check("update-ref", reference, commit)
        return commit
    }

    /// The message of a branch's newest commit.
    func message(_ reference: String) async throws -> String {
        try await git.text("log", "-1", "--format=%B", reference)
    }

    /// Publishes again and again until there are this many revisions.
    func publish(revisions: Int) async throws {
        for number in 1...revisions {
            try edit("Revision \(number).\n")
            try await check("publish", "agents", "-m", "revision \(number)")
        }
    }
}
