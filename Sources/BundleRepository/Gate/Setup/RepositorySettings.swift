public import BundleModel

/// The configuration of one repository, held against what the push gate needs.
public struct RepositorySettings: Sendable {
    private let directory: String
    private let git: GitProgram

    /// - Parameter directory: the Git directory itself, absolute.
    init(directory: String, git: GitProgram) {
        self.directory = directory
        self.git = git
    }

    /// Finds the configuration as Git does from a place in a repository.
    ///
    /// Throws `not_found` where there is none.
    public static func find(in place: String) async throws(SheafError) -> RepositorySettings {
        let git = GitProgram()
        let found = try await git.run(["rev-parse", "--absolute-git-dir"], in: place)
        guard found.status == 0, found.line.hasPrefix("/") else {
            throw SheafError(
                .notFound, "there is no Git repository at '\(DisplayText.escape(place))'",
                hint: "name a bare repository with --repository")
        }
        return RepositorySettings(directory: found.line, git: git)
    }

    /// Makes every setting that is missing or weaker than it must be, and names them.
    ///
    /// Throws `io_error` when the configuration cannot be read or written.
    public func establish() async throws(SheafError) -> [RepositorySetting] {
        let missing = try await missing()
        for setting in missing { try await set(setting) }
        return missing
    }

    func missing() async throws(SheafError) -> [RepositorySetting] {
        let values = try await values()
        return RepositorySetting.all.filter {
            !$0.holds(values[$0.key.lowercased()] ?? [])
        }
    }

    /// Sets one setting in the place of what it was; a list keeps what is about something else.
    func set(_ setting: RepositorySetting) async throws(SheafError) {
        var isDone = true
        if setting.isList {
            // 5: there was nothing to take away.
            let removed = try await run(
                "config", "--local", "--unset-all", setting.key,
                "^[!^]*\(setting.value)(/.*)?$")
            isDone = [0, 5].contains(removed.status)
        }
        let done = try await run(
            "config", "--local", setting.isList ? "--add" : "--replace-all", setting.key,
            setting.value)
        guard isDone, done.status == 0 else {
            throw SheafError(
                .ioError, "the configuration of the repository cannot be written",
                hint: "who repairs a repository must own it")
        }
    }

    /// Every value of the repository's own configuration, by its key in lower case.
    func values() async throws(SheafError) -> [String: [String]] {
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

    private func run(_ arguments: String...) async throws(SheafError) -> GitProgram.Output {
        // Named like this, Git does not ask whose the directory is.
        try await git.run(arguments, in: directory, environment: ["GIT_DIR": directory])
    }
}
