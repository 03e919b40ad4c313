internal import BundleModel

extension RepositoryDoctor {
    /// Settings that are missing or weaker than they must be.
    func settingProblems() async throws(SheafError) -> [RepositoryProblem] {
        var problems: [RepositoryProblem] = []
        for setting in try await settings.missing() {
            problems.append(
                RepositoryProblem(
                    "setting", setting.key, "it is not '\(setting.value)': \(setting.reason)",
                    advice: "git -C <repository> config \(setting.key) \(setting.value)",
                    isFixable: true))
        }
        let values = try await settings.values()
        for key in values.keys.sorted() where key.hasPrefix("receive.fsck.") {
            problems.append(
                RepositoryProblem(
                    "setting-weakening", key, "it lets Git take objects that are not in order",
                    advice: "git -C <repository> config --unset-all \(key)"))
        }
        if values["core.bare"]?.last.map(RepositorySetting.boolean) != true {
            problems.append(
                RepositoryProblem(
                    "not-bare", "core.bare",
                    "the repository has a working tree, which pushes "
                        + "would leave behind", advice: "git clone --mirror it into a bare one"))
        }
        if try await isOld() {
            problems.append(
                RepositoryProblem(
                    "git-too-old", "git",
                    "before 2.29 Git takes pushes without the gate when "
                        + "its hook is missing", advice: "install a newer git"))
        }
        return problems
    }

    private func isOld() async throws(SheafError) -> Bool {
        let version = try await run("version").line.split(separator: " ")
        let parts = version.dropFirst(2).first?.split(separator: ".").prefix(2).compactMap {
            Int($0)
        }
        guard let parts, parts.count == 2 else { return false }
        return (parts[0], parts[1]) < (2, 29)
    }
}
