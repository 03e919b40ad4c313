public import BundleModel
internal import Foundation
internal import LibGit2

/// Says what is wrong with a repository of bundles as a whole, apart from what is in its commits.
///
/// `sheaf verify` is for those.
public struct RepositoryDoctor: Sendable {
    /// The directory of the repository, absolute.
    public let path: String
    let hooks: HookInstallation
    let git: GitProgram
    let repository: BundleRepository

    /// Looks at a repository.
    ///
    /// - Parameters:
    ///   - path: the directory of a bare repository.
    ///   - program: the `sheaf` that its hooks shall run.
    /// - Throws: `not_found`, `store_corrupt` when it is no repository.
    public init(of path: String, program: String) throws(SheafError) {
        try self.init(of: path, program: program, git: GitProgram())
    }

    package init(of path: String, program: String, git: GitProgram) throws(SheafError) {
        repository = try BundleRepository.open(at: path)
        let url = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
        var text = url.path(percentEncoded: false)
        while text.count > 1, text.hasSuffix("/") { text.removeLast() }
        self.path = text
        self.git = git
        hooks = HookInstallation(directory: "\(text)/hooks", program: program)
    }

    /// Everything that is wrong; empty when all is well.
    ///
    /// Throws `io_error` when the `git` program or a directory cannot be used.
    public func examine() async throws(SheafError) -> [RepositoryProblem] {
        try await settingProblems() + hookProblems() + referenceProblems() + fileProblems()
    }

    /// Does what can be done without a decision: settings, missing and outdated hooks, HEAD, and
    /// what killed publishes left.
    ///
    /// Throws `io_error` when the repository cannot be written to.
    public func fix() async throws(SheafError) {
        let problems = try await examine().filter(\.isFixable)
        for setting in RepositorySetting.all
        where problems.contains(where: { $0.kind == "setting" && $0.subject == setting.key }) {
            try await set(setting)
        }
        let wanted = HookScript.ofRepository.filter { hook in
            problems.contains { $0.kind.hasPrefix("hook-") && $0.subject == hook.rawValue }
        }
        _ = try hooks.install(wanted)
        if problems.contains(where: { $0.kind == "head" }) { try await repository.repairHead() }
        if problems.contains(where: { $0.kind == "leftover" }) {
            try await repository.removeLeftovers()
        }
    }

    func run(_ arguments: String...) async throws(SheafError) -> GitProgram.Output {
        // Named like this, Git does not ask whose the directory is; that is a problem of its own.
        try await git.run(arguments, in: path, environment: ["GIT_DIR": path])
    }

    private func hookProblems() async throws(SheafError) -> [RepositoryProblem] {
        let used = try await run("rev-parse", "--path-format=absolute", "--git-path", "hooks")
        var problems: [RepositoryProblem] = []
        if used.status == 0, !Self.isSame(used.line, hooks.directory) {
            problems.append(
                RepositoryProblem(
                    "hooks-elsewhere", "core.hooksPath",
                    "Git looks for the hooks of this repository in another place",
                    advice: "git -C <repository> config core.hooksPath hooks"))
        }
        for hook in HookScript.ofRepository {
            if let problem = Self.problem(hook, hooks.state(of: hook)) { problems.append(problem) }
        }
        return problems
    }

    private static func problem(
        _ hook: HookScript, _ state: HookInstallation.State
    ) -> RepositoryProblem? {
        let name = hook.rawValue
        let install = "sheaf hook install --repository <repository>"
        switch state {
        case .current: return nil
        case .missing:
            return RepositoryProblem(
                "hook-missing", name, "the hook is not there", advice: install, isFixable: true)
        case .outdated:
            return RepositoryProblem(
                "hook-outdated", name, "the hook is of another version, or for another program",
                advice: install, isFixable: true)
        case .notExecutable:
            return RepositoryProblem(
                "hook-not-executable", name, "Git may not run the hook, and says so to nobody",
                advice: install, isFixable: true)
        case .foreign:
            return RepositoryProblem(
                "hook-foreign", name, "the hook is not Sheaf's",
                advice: "call 'sheaf hook \(name)' from it, or \(install) --force")
        }
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        func resolved(_ path: String) -> String {
            URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL
                .path(percentEncoded: false)
        }
        return resolved(left) == resolved(right)
    }
}
