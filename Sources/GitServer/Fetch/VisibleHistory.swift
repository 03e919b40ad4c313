internal import BundleModel
internal import BundleRepository
internal import Synchronization

/// The commits that branches lead to, by bundle, read when somebody asks for one that is no tip.
///
/// Git alone does not keep to what it shows: `git upload-pack` in its stateless form looks only at
/// the commits among the objects that are asked for, and gives any tree or blob to whoever knows its
/// id (seen with 2.39). So only commits are asked for here, and only those that may be seen.
final class VisibleHistory: Sendable {
    private struct Known {
        let tips: Set<CommitID>
        let commits: Set<CommitID>
    }

    private let repository: BundleRepository
    private let known = Mutex<[BundleID: Known]>([:])

    init(_ repository: BundleRepository) {
        self.repository = repository
    }

    /// Every commit that may be seen; throws `store_corrupt` when a history cannot be read.
    func commits(
        _ snapshot: RepositorySnapshot, _ visibility: Visibility
    ) async throws(SheafError) -> Set<CommitID> {
        var tips: [BundleID: Set<CommitID>] = [:]
        for reference in snapshot.references(visibility) {
            tips[reference.bundle, default: []].insert(reference.tip)
        }
        var all: Set<CommitID> = []
        for (bundle, tips) in tips {
            let last = known.withLock { $0[bundle] }
            if let last, last.tips == tips {
                all.formUnion(last.commits)
                continue
            }
            let commits = try await repository.servedHistory(from: tips)
            known.withLock { $0[bundle] = Known(tips: tips, commits: commits) }
            all.formUnion(commits)
        }
        return all
    }
}
