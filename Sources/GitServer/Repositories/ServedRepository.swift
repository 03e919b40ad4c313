internal import BundleModel
internal import BundleRepository
internal import NIOCore
internal import Synchronization

/// A workspace's repository as the server holds it: its branches in memory, the answers that others
/// may ask for as well, and whoever waits for a change.
///
/// Every look at the branches first asks the file system whether they changed, so that a push past
/// this server, or by another program, is seen by the next request.
final class ServedRepository: Sendable {
    let workspace: WorkspaceID
    /// The directory of the repository.
    let path: String
    let service: GitService
    let responses: ResponseCache

    /// The commits that may be asked for.
    let history: VisibleHistory

    private let repository: BundleRepository
    private let loading: SnapshotLoading
    private let releases = Mutex<[CommitID: ReleaseView]>([:])
    private let state: Mutex<State>

    private struct State {
        var snapshot: RepositorySnapshot
        var places: BranchPlaces
        var stamp: BranchPlaces.Stamp?
        var lookedAt: ContinuousClock.Instant
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var lastWaiter = 0
        var isClosing = false
    }

    /// Within this time after a look the branches are taken for unchanged.
    private static let freshness = Duration.milliseconds(5)
    /// Releases whose texts are kept; a repository has a tip for each channel.
    private static let maximumReleases = 10_000

    /// Opens the repository of a workspace; throws `not_found`, `store_corrupt`, and
    /// `invalid_request` when it does not say which workspace it is of.
    init(
        path: String, git: GitService.Program, cache: ResponseCache
    ) async throws(SheafError) {
        repository = try BundleRepository.open(at: path)
        guard let workspace = try await repository.workspace() else {
            throw SheafError(
                .invalidRequest,
                "the repository '\(DisplayText.escape(path))' does not say which workspace it is of",
                hint: "'sheaf init --workspace ID --repository PATH' records it")
        }
        self.workspace = workspace
        self.path = path
        service = GitService(program: git, repository: path)
        responses = cache
        history = VisibleHistory(repository)
        loading = SnapshotLoading(repository, service)
        let first = try await loading.load(asked: .now)
        state = Mutex(
            State(
                snapshot: first.snapshot, places: first.places, stamp: first.stamp,
                lookedAt: .now))
    }

    /// The branches as they are now. Throws `store_corrupt` when they cannot be read.
    ///
    /// - Parameter isExact: whether not even the last few milliseconds are taken for unchanged.
    func snapshot(isExact: Bool = false) async throws(SheafError) -> RepositorySnapshot {
        let known = state.withLock { state -> (RepositorySnapshot, isCurrent: Bool) in
            let now = ContinuousClock.now
            if !isExact, now - state.lookedAt < Self.freshness { return (state.snapshot, true) }
            // A stamp that was not settled is nil, and so equal to none.
            guard let stamp = state.stamp, state.places.look() == stamp else {
                return (state.snapshot, false)
            }
            state.lookedAt = now
            return (state.snapshot, true)
        }
        return known.isCurrent ? known.0 : try await reload()
    }

    /// Reads the branches again, whatever the file system says: a push has just ended.
    @discardableResult
    func reload() async throws(SheafError) -> RepositorySnapshot {
        let loaded: SnapshotLoading.Loaded
        do throws(SheafError) {
            loaded = try await loading.load(asked: .now)
        } catch {
            // Whoever asks next looks again, though the files may be what they were.
            state.withLock { $0.stamp = nil }
            throw error
        }
        return state.withLock { state in
            // Somebody else was faster, and read no earlier.
            if loaded.startedAt < state.lookedAt { return state.snapshot }
            state.lookedAt = loaded.startedAt
            state.stamp = loaded.stamp
            state.places = loaded.places
            if loaded.snapshot === state.snapshot { return state.snapshot }
            state.snapshot = loaded.snapshot
            let waiting = state.waiting.values
            state.waiting = [:]
            for waiter in waiting { waiter.resume() }
            return loaded.snapshot
        }
    }

    /// Returns when the branches are no longer those of this version, or the time is over.
    func wait(forChangeSince version: Int, atMost time: Duration) async {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        let timer = Task {
            try? await Task.sleep(for: time)
            letGo(number)
        }
        defer { timer.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    let isOver = state.snapshot.version != version || state.isClosing
                    if isOver || Task.isCancelled { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            letGo(number)
        }
    }

    /// How many wait for a change.
    var waiters: Int { state.withLock { $0.waiting.count } }

    /// Whether the server ends, so that nobody waits any more.
    var isClosing: Bool { state.withLock { $0.isClosing } }

    /// Lets everybody who waits go: the server ends.
    func close() {
        let waiting = state.withLock { state in
            state.isClosing = true
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for waiter in waiting { waiter.resume() }
    }

    private func letGo(_ number: Int) {
        state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
    }

    /// What a release says; nil for one that is not in order, which is nothing to tell anybody of.
    /// A damaged one tells nothing either, and takes no other channel with it. Throws `io_error` when
    /// it cannot be read now.
    func release(_ reference: ServedReference) async throws(SheafError) -> ReleaseView? {
        guard case .releases(let channel) = reference.kind else { return nil }
        if let known = releases.withLock({ $0[reference.tip] }) { return known }
        let release: Release
        do throws(SheafError) {
            release = try await repository.servedRelease(
                reference.tip, of: reference.bundle, on: channel)
        } catch  where error.code != .ioError {
            return nil
        }
        let view = ReleaseView(release)
        releases.withLock { releases in
            if releases.count >= Self.maximumReleases { releases.removeAll() }
            releases[reference.tip] = view
        }
        return view
    }
}
