public import BundleModel
internal import Foundation
internal import LibGit2

extension BundleRepository {
    /// Opens a repository that is there.
    ///
    /// - Parameters:
    ///   - path: the repository's directory; nothing above it is searched.
    ///   - limits: what the host allows, never more than `ContentLimits.standard`.
    ///   - deadline: how long one run of the `git` program may take.
    /// - Throws: `not_found` when there is nothing, `store_corrupt` when it is not a repository.
    public static func open(
        at path: String, limits: ContentLimits = .standard, deadline: Duration = .seconds(60)
    ) throws(SheafError) -> BundleRepository {
        guard FileManager.default.fileExists(atPath: path) else {
            throw SheafError(
                .notFound, "there is no repository at '\(DisplayText.escape(path))'",
                hint: "'sheaf init' or the first 'sheaf publish' makes one")
        }
        let repository: Repository
        do {
            repository = try Repository.open(at: path)
        } catch {
            throw SheafError(
                .storeCorrupt,
                "'\(DisplayText.escape(path))' is not a Git repository: \(error.publicText)")
        }
        return BundleRepository(
            repository, path: path, limits: limits, git: GitProgram(deadline: deadline))
    }

    /// Makes an empty bare repository for a workspace.
    ///
    /// It has every ``RepositorySetting``, so until its hooks are installed Git refuses pushes to it.
    ///
    /// - Throws: `conflict` when something is there already, `io_error` when it cannot be made.
    public static func create(
        at path: String, workspace: WorkspaceID?, limits: ContentLimits = .standard
    ) throws(SheafError) -> BundleRepository {
        let existing = try? FileManager.default.contentsOfDirectory(atPath: path)
        if existing?.isEmpty == false {
            throw SheafError(
                .conflict, "'\(DisplayText.escape(path))' is there already and not empty",
                hint: "name another place with --repository")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        } catch {
            throw SheafError(.ioError, "'\(DisplayText.escape(path))' cannot be made")
        }
        let repository = try mapping("a new repository") { () throws(GitError) in
            let repository = try Repository.createBare(at: path, initialBranch: "main")
            for setting in RepositorySetting.all {
                try repository.setConfigString(setting.key, setting.value)
            }
            if let workspace {
                try repository.setConfigString(workspaceKey, workspace.rawValue)
            }
            return repository
        }
        return BundleRepository(repository, path: path, limits: limits, git: GitProgram())
    }

    /// Where a repository records its workspace.
    static let workspaceKey = "sheaf.workspace"

    /// The workspace: the recorded one, else that of the revisions; nil for an empty repository.
    public func workspace() throws(SheafError) -> WorkspaceID? {
        let recorded = try mapping("the configuration") { () throws(GitError) in
            try repository.configString(Self.workspaceKey)
        }
        if let recorded {
            do {
                return try WorkspaceID(recorded)
            } catch {
                throw error.asError(.storeCorrupt)
            }
        }
        guard let bundle = try bundles().first else { return nil }
        return try branch(bundle).newest(repository).provenance.workspace
    }

    /// The bundles that have revisions, by name.
    public func bundles() throws(SheafError) -> [BundleID] {
        let references = try mapping("the branches") { () throws(GitError) in
            try repository.references(withPrefix: BundleRefName.revisionPrefix)
        }
        return references.compactMap {
            try? BundleID(String($0.name.dropFirst(BundleRefName.revisionPrefix.count)))
        }
    }
}
