internal import BundleModel

extension RepositoryDoctor {
    /// Settings that are missing or weaker than they must be.
    func settingProblems() async throws(SheafError) -> [RepositoryProblem] {
        let values = try await values()
        var problems: [RepositoryProblem] = []
        for setting in RepositorySetting.all
        where !Self.holds(setting, values[setting.key.lowercased()] ?? []) {
            problems.append(
                RepositoryProblem(
                    "setting", setting.key, "it is not '\(setting.value)': \(setting.reason)",
                    advice: "git -C <repository> config \(setting.key) \(setting.value)",
                    isFixable: true))
        }
        for key in values.keys.sorted() where key.hasPrefix("receive.fsck.") {
            problems.append(
                RepositoryProblem(
                    "setting-weakening", key, "it lets Git take objects that are not in order",
                    advice: "git -C <repository> config --unset-all \(key)"))
        }
        if values["core.bare"]?.last.map(Self.boolean) != true {
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

    /// Sets one setting; what it had before is replaced, but for lists, which grow by one.
    func set(_ setting: RepositorySetting) async throws(SheafError) {
        let done =
            setting.key == "transfer.hideRefs"
            ? try await run("config", "--local", "--add", setting.key, setting.value)
            : try await run("config", "--local", "--replace-all", setting.key, setting.value)
        guard done.status == 0 else {
            throw SheafError(
                .ioError, "the configuration of the repository cannot be written",
                hint: "who repairs a repository must own it")
        }
    }

    /// Every value of the repository's own configuration, by its key in lower case.
    private func values() async throws(SheafError) -> [String: [String]] {
        let listed = try await run("config", "--local", "--includes", "--null", "--list")
        guard listed.status == 0 else {
            throw SheafError(.ioError, "the configuration of the repository cannot be read")
        }
        var values: [String: [String]] = [:]
        for record in listed.records {
            let parts = record.split(separator: 0x0A, maxSplits: 1)
            let key = String(decoding: parts.first ?? [], as: UTF8.self).lowercased()
            // A key without a value is how Git writes 'true'.
            let value = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "true"
            values[key, default: []].append(value)
        }
        return values
    }

    private static func holds(_ setting: RepositorySetting, _ values: [String]) -> Bool {
        switch setting.key {
        case "receive.procReceiveRefs":
            // A pattern with modifiers or in front of it '!' would let something through.
            return values == [setting.value]
        case "transfer.hideRefs":
            return values.contains(setting.value) && !values.contains("!\(setting.value)")
        case "receive.maxInputSize":
            return values.last.map { $0.contains { ("1"..."9").contains($0) } } ?? false
        default:
            guard let value = values.last else { return false }
            if setting.value == "true" { return boolean(value) == true }
            if setting.value == "false" { return boolean(value) == false }
            return value == setting.value
        }
    }

    /// git-config(1), "Values".
    private static func boolean(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on", "1": true
        case "false", "no", "off", "0", "": false
        default: nil
        }
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
