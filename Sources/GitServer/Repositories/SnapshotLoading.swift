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
    private var running: Running?
    /// How often the branches were read since the repository was opened.
    private var readings = 0
    /// After so many readings the repository is opened anew.
    private static let readingsOfOneOpening = 64

    private struct Running {
        let startedAt: ContinuousClock.Instant
        let task: Task<Result<Loaded, SheafError>, Never>
    }

    init(_ repository: BundleRepository, _ service: GitService) {
        self.repository = repository
        self.service = service
    }

    /// The branches as they were read at some time after `asked`.
    func load(asked: ContinuousClock.Instant) async throws(SheafError) -> Loaded {
        while true {
            if let last, last.startedAt >= asked { return last }
            if let running {
                let result = await running.task.value
                // Its failure is that of all who came before it began.
                if running.startedAt >= asked { return try result.get() }
                // It began too early to count; the next one is for all who wait.
                continue
            }
            let start = ContinuousClock.now
            let task = Task { () -> Result<Loaded, SheafError> in
                defer { running = nil }
                do throws(SheafError) {
                    let loaded = try await read(start)
                    last = loaded
                    return .success(loaded)
                } catch {
                    return .failure(error)
                }
            }
            running = Running(startedAt: start, task: task)
            return try await task.value.get()
        }
    }

    private func read(_ start: ContinuousClock.Instant) async throws(SheafError) -> Loaded {
        // Looked at before the branches are read: what changes in between shows later. Whether a
        // change in the same tick of the clock would show is a question of this moment.
        var stamp = last?.places.look()
        if stamp?.isSettled != true { stamp = nil }
        readings += 1
        // What was open serves on where it cannot be opened anew, and the next reading tries again.
        if readings >= Self.readingsOfOneOpening, (try? await repository.reopen()) != nil {
            readings = 0
        }
        let references = try await repository.servedReferences()
        let head = try await repository.headBranch()
        let bundles = Set(references.map(\.bundle))
        let known = last?.snapshot
        if advertisement == nil, !references.isEmpty {
            advertisement = try await service.advertisement()
        }
        // Of a bundle that is new the places were not among those looked at.
        if known?.bundles != bundles { stamp = nil }
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
            stamp: stamp, startedAt: start)
    }
}
