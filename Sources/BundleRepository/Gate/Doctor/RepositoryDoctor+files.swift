internal import BundleModel
internal import Foundation

extension RepositoryDoctor {
    /// Files that change what Git reads, that nobody needs any more, or that strangers can write.
    func fileProblems() async throws(SheafError) -> [RepositoryProblem] {
        var problems: [RepositoryProblem] = []
        for (kind, name, message) in [
            ("grafts", "info/grafts", "Git shows other parents than the commits have"),
            ("shallow", "shallow", "the history is cut off"),
            (
                "alternates", "objects/info/alternates",
                "objects of another repository are used, and lost with it"
            ),
        ] where FileManager.default.fileExists(atPath: "\(path)/\(name)") {
            problems.append(
                RepositoryProblem(
                    kind, name, message,
                    advice: kind == "alternates"
                        ? "git -C <repository> repack -a -d, then remove the file"
                        : kind == "shallow"
                            ? "git -C <repository> fetch --unshallow" : "remove the file"))
        }
        problems += try await leftovers()
        for name in ["", "config", "hooks", "objects", "refs", "sheaf.verified"] {
            if let problem = ownership("\(path)/\(name)", shown: name.isEmpty ? "." : name) {
                problems.append(problem)
            }
        }
        return problems
    }

    private func leftovers() async throws(SheafError) -> [RepositoryProblem] {
        try await repository.leftovers().map { name in
            RepositoryProblem(
                "leftover", name, "a program that was killed left it",
                advice: "sheaf doctor --fix, or remove it while no program is at work here",
                isFixable: name.hasPrefix("objects/pack/"))
        }
    }

    private func ownership(_ file: String, shown: String) -> RepositoryProblem? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file) else {
            return nil
        }
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        if mode & 0o002 != 0 {
            return RepositoryProblem(
                "world-writable", shown, "every user of this host can change it",
                advice: "chmod o-w it")
        }
        let owner = (attributes[.ownerAccountID] as? NSNumber)?.uint32Value
        let own = (try? FileManager.default.attributesOfItem(atPath: path))?[.ownerAccountID]
        if let owner, let own = (own as? NSNumber)?.uint32Value, owner != own, owner != 0 {
            return RepositoryProblem(
                "owner", shown, "it belongs to another user than the repository",
                advice: "chown it to the owner of the repository")
        }
        return nil
    }
}
