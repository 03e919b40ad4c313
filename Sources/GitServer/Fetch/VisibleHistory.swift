internal import BundleModel
internal import BundleRepository

/// The commits that branches lead to, by bundle, read when somebody names one that is no tip.
///
/// Git alone does not keep to what it shows: `git upload-pack` in its stateless form looks only at
/// the commits among the objects that are asked for, and gives any tree or blob to whoever knows its
/// id (seen with 2.39). So only commits are asked for here, and only those that may be seen.
///
/// A history is read once for all who need it meanwhile, and after that from where it was read to.
actor VisibleHistory {
    /// The commits of some bundles.
    struct Commits: Sendable {
        fileprivate var ofBundles: [Set<CommitID>] = []

        func contains(_ commit: CommitID) -> Bool {
            ofBundles.contains { $0.contains(commit) }
        }
    }

    private struct Known {
        let tips: Set<CommitID>
        let commits: Set<CommitID>
    }

    private struct Running {
        let tips: Set<CommitID>
        let task: Task<Result<Known, SheafError>, Never>
    }

    private let repository: BundleRepository
    private var known: [BundleID: Known] = [:]
    private var running: [BundleID: Running] = [:]

    init(_ repository: BundleRepository) {
        self.repository = repository
    }

    /// Every commit that may be seen; throws `store_corrupt` when a history cannot be read.
    func commits(
        _ snapshot: RepositorySnapshot, _ visibility: Visibility
    ) async throws(SheafError) -> Commits {
        var tips: [BundleID: Set<CommitID>] = [:]
        for reference in snapshot.references(visibility) {
            tips[reference.bundle, default: []].insert(reference.tip)
        }
        var all = Commits()
        for (bundle, tips) in tips { all.ofBundles.append(try await history(bundle, tips)) }
        return all
    }

    private func history(
        _ bundle: BundleID, _ tips: Set<CommitID>
    ) async throws(SheafError) -> Set<CommitID> {
        while true {
            if let known = known[bundle], known.tips == tips { return known.commits }
            if let running = running[bundle] {
                let result = await running.task.value
                if running.tips == tips { return try result.get().commits }
                continue
            }
            let last = known[bundle]
            let task = Task { () -> Result<Known, SheafError> in
                defer { running[bundle] = nil }
                do throws(SheafError) {
                    let commits = try await repository.servedHistory(
                        from: tips, after: last?.tips ?? [], reaching: last?.commits ?? [])
                    let new = Known(tips: tips, commits: commits)
                    known[bundle] = new
                    return .success(new)
                } catch {
                    return .failure(error)
                }
            }
            running[bundle] = Running(tips: tips, task: task)
            return try await task.value.get().commits
        }
    }
}
