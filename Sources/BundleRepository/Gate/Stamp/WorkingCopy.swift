internal import BundleModel
internal import Foundation
internal import LibGit2

/// A checkout that somebody works in with plain Git.
struct WorkingCopy: Sendable {
    /// Variables by which Git tells a hook what it is working on.
    private static let inherited = ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"]

    let git: GitProgram
    let directory: String
    /// The top directory.
    let top: String
    /// What a hook was told, for the programs that it runs.
    let environment: [String: String]

    /// Finds the checkout of a directory; throws `not_found` outside one.
    static func find(
        _ directory: String, git: GitProgram, environment: [String: String]
    ) async throws(SheafError) -> WorkingCopy {
        let told = environment.filter { inherited.contains($0.key) && !$0.value.isEmpty }
        let found = try await git.run(
            ["rev-parse", "--show-toplevel"], in: directory, environment: told)
        guard found.status == 0, found.line.hasPrefix("/") else {
            throw SheafError(
                .notFound, "there is no checkout of Git here",
                hint: "run this inside a clone of the bundle's branch")
        }
        return WorkingCopy(git: git, directory: directory, top: found.line, environment: told)
    }

    /// Runs git with what the hook was told.
    func run(_ arguments: String...) async throws(SheafError) -> GitProgram.Output {
        try await git.run(arguments, in: directory, environment: environment)
    }

    /// The id that a revision of Git names; nil when there is none.
    func commit(_ name: String) async throws(SheafError) -> CommitID? {
        let found = try await run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", "\(name)^{commit}")
        return found.status == 0 ? CommitID(found.line) : nil
    }

    /// The branch that is checked out; nil when HEAD is detached.
    func branch() async throws(SheafError) -> String? {
        let found = try await run("symbolic-ref", "--quiet", "HEAD")
        return found.status == 0 ? found.line : nil
    }

    /// Whether a file of Git's own state is there, such as `MERGE_HEAD`.
    func has(_ names: [String]) async throws(SheafError) -> Bool {
        for name in names {
            let found = try await run("rev-parse", "--path-format=absolute", "--git-path", name)
            if found.status == 0, FileManager.default.fileExists(atPath: found.line) { return true }
        }
        return false
    }

    /// The tree of what is staged.
    func stagedTree() async throws(SheafError) -> ObjectID {
        let written = try await run("write-tree")
        guard written.status == 0, let tree = ObjectID(hex: written.line) else {
            throw SheafError(
                .conflict, "what is staged is no complete tree",
                hint: "resolve the conflicts that 'git status' shows")
        }
        return tree
    }

    /// Opens the objects; throws `store_corrupt` for a repository of an unknown kind.
    func open() throws(SheafError) -> Repository {
        try mapping("the repository of this checkout") { () throws(GitError) in
            try Repository.open(at: top)
        }
    }

    /// Where a commit on top of another comes from: this checkout at that commit, and before the
    /// first commit its directory.
    func source(after parent: CommitID?) async throws(SheafError) -> BundleSource {
        let name = top.split(separator: "/").last.map(String.init) ?? "checkout"
        guard let parent else { return .directory(name: name) }
        let remotes = try await run(
            "config", "--local", "-z", "--get-regexp", #"^remote\..*\.url$"#)
        return .git(
            remote: BundleDirectory.preferredRemote(remotes.records), name: name, commit: parent,
            subdirectory: "")
    }
}
