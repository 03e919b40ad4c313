internal import BundleModel
internal import BundleRepository

/// Reads the branches of a repository, once for everybody who asks meanwhile.
actor SnapshotLoading {
    /// The branches, and by what a change of them shows.
    struct Loaded: Sendable {
        let snapshot: RepositorySnapshot
        let places: BranchPlaces
        /// Nil when a change right behind it might not show.
        let stamp: BranchPlaces.Stamp?
        /// When the reading began.
        let startedAt: ContinuousClock.Instant
    }

    private let repository: BundleRepository
    private let service: GitService
    private var advertisement: Advertisement?
    private var last: Loaded?
    private var running: Task<Result<Loaded, SheafError>, Never>?

    init(_ repository: BundleRepository, _ service: GitService) {
        self.repository = repository
        self.service = service
    }

    /// The branches as they were read at some time after `asked`.
    func load(asked: ContinuousClock.Instant) async throws(SheafError) -> Loaded {
        while true {
            if let last, last.startedAt >= asked { return last }
            if let running {
                // It may have begun too early to count; then the next one is for all who wait.
                _ = await running.value
                continue
            }
            let task = Task { () -> Result<Loaded, SheafError> in
                defer { running = nil }
                do throws(SheafError) {
                    let loaded = try await read()
                    last = loaded
                    return .success(loaded)
                } catch {
                    return .failure(error)
                }
            }
            running = task
            return try await task.value.get()
        }
    }

    private func read() async throws(SheafError) -> Loaded {
        let start = ContinuousClock.now
        // Looked at before the branches are read: what changes in between shows later.
        var stamp = last?.places.look()
        let references = try await repository.servedReferences()
        let head = try await repository.headBranch()
        let bundles = Set(references.map(\.bundle))
        let known = last?.snapshot
        if advertisement == nil, !references.isEmpty {
            advertisement = try await service.advertisement()
        }
        // Of a bundle that is new the places were not among those looked at.
        if known.map({ Set($0.references.map(\.bundle)) }) != bundles { stamp = nil }
        let snapshot =
            if let known, known.references == references, known.head == head {
                known
            } else {
                RepositorySnapshot(
                    version: (known?.version ?? 0) + 1, references: references, head: head,
                    advertisement: advertisement)
            }
        return Loaded(
            snapshot: snapshot, places: await repository.branchPlaces(of: bundles),
            stamp: stamp?.isSettled == true ? stamp : nil, startedAt: start)
    }
}
