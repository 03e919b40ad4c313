internal import BundleModel

extension RepositoryDoctor {
    /// References that no part of a bundle is, branches that do not begin with what they must, and
    /// a HEAD that a clone could not check out.
    func referenceProblems() async throws(SheafError) -> [RepositoryProblem] {
        let listed = try await run("for-each-ref", "--format=%(refname)%00%(symref)%00")
        guard listed.status == 0 else {
            throw SheafError(
                .storeCorrupt, "the references of the repository cannot be read",
                hint: "git -C <repository> fsck says more")
        }
        var problems: [RepositoryProblem] = []
        for line in listed.standardOutput.split(separator: 0x0A) {
            let parts = line.split(separator: 0, omittingEmptySubsequences: false)
            let name = String(decoding: parts.first ?? [], as: UTF8.self)
            let isSymbolic = parts.count > 1 && !parts[1].isEmpty
            if let problem = Self.problem(name, isSymbolic: isSymbolic) {
                problems.append(problem)
            } else if let problem = await tipProblem(name) {
                problems.append(problem)
            }
        }
        return try await problems + headProblems()
    }

    private static func problem(_ name: String, isSymbolic: Bool) -> RepositoryProblem? {
        let shown = DisplayText.escape(name)
        let delete = "git -C <repository> update-ref -d '\(shown)'"
        if isSymbolic {
            return RepositoryProblem(
                "symbolic-reference", shown,
                "it names another reference, so pushes to it are "
                    + "refused",
                advice: "git -C <repository> symbolic-ref --delete '\(shown)'")
        }
        if name.hasPrefix("refs/replace/") {
            return RepositoryProblem(
                "replace-reference", shown,
                "Git shows another object in the place of one; Sheaf "
                    + "does not look at it", advice: delete)
        }
        if name.hasPrefix("refs/notes/") {
            return RepositoryProblem(
                "notes", shown, "notes are no part of a commit; Sheaf does not look at them",
                advice: delete)
        }
        if (try? GatedBranch(name)) == nil {
            return RepositoryProblem(
                "foreign-reference", shown, "it is neither a branch of revisions nor of releases",
                advice: delete)
        }
        return nil
    }

    private func tipProblem(_ name: String) async -> RepositoryProblem? {
        do throws(SheafError) {
            try await repository.requireTip(name)
            return nil
        } catch {
            return RepositoryProblem(
                "branch", name, "\(error.message) (\(error.code.rawValue))",
                advice: "'sheaf verify' and 'git log' show where it came from; nothing can follow "
                    + "it")
        }
    }

    private func headProblems() async throws(SheafError) -> [RepositoryProblem] {
        let bundles = try await repository.bundles()
        guard let first = bundles.first else { return [] }
        let target = try await run("symbolic-ref", "--quiet", "HEAD")
        let isThere = try await run("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if target.status == 0, isThere.status == 0 { return [] }
        return [
            RepositoryProblem(
                "head", "HEAD", "it names no branch that is there, so a clone checks nothing out",
                advice: "git -C <repository> symbolic-ref HEAD \(BundleRefName.revisions(first))",
                isFixable: true)
        ]
    }
}
