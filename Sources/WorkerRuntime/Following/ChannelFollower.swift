package import BundleModel
internal import BundleRepository
package import Logging

/// Keeps channels up to date.
///
/// Each repository has a task of its own, which fetches one channel at a time: those that somebody
/// waits for first, then those that are due. A repository that cannot be reached is left alone for a
/// time that doubles up to a limit, and delays no other. A server that tells of releases is waited
/// for beside, so that a release comes sooner than its turn. A repository of which no channel is
/// followed or asked for is forgotten.
package actor ChannelFollower<Source: FollowedSource> {
    typealias Repository = FollowedRepository<Source.Success>

    let source: Source
    let schedule: FollowSchedule
    let time: FollowTime
    let chance: @Sendable () -> Double
    let logger: Logger
    private let observe: @Sendable (FollowEvent) -> Void
    private let slots: FetchSlots
    let polls: FetchSlots
    var repositories: [String: Repository] = [:]
    private(set) var isRunning = false
    private var isStopped = false
    private var lastWaiter: UInt64 = 0

    /// - Parameters:
    ///   - source: what brings channels up to date.
    ///   - schedule: when.
    ///   - time: the clock.
    ///   - chance: a number from 0 to 1, another each time.
    ///   - logger: told of repositories that cannot be reached and that can be again.
    ///   - observe: told of every sync.
    package init(
        _ source: Source, schedule: FollowSchedule = FollowSchedule(),
        time: FollowTime = .continuous(),
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        logger: Logger = Logger(label: "sheaf.follow") { _ in SwiftLogNoOpLogHandler() },
        observe: @escaping @Sendable (FollowEvent) -> Void = { _ in }
    ) {
        self.source = source
        self.schedule = schedule
        self.time = time
        self.chance = chance
        self.logger = logger
        self.observe = observe
        slots = FetchSlots(schedule.fetches)
        polls = FetchSlots(schedule.longPolls)
    }

    // MARK: Running

    /// Follows until the task is cancelled; then everything that is under way ends.
    package func run() async {
        isRunning = true
        for name in repositories.keys { start(name) }
        let (end, continuation) = AsyncStream<Never>.makeStream()
        await withTaskCancellationHandler {
            for await _ in end {}
        } onCancel: {
            continuation.finish()
        }
        await stop()
    }

    private func stop() async {
        isRunning = false
        isStopped = true
        let tasks = repositories.values.flatMap { [$0.task, $0.nap, $0.watch] }.compactMap(\.self)
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        let waiters = repositories.values.flatMap { $0.turns.values.flatMap { $0.waiters.values } }
        repositories = [:]
        for waiter in waiters { waiter.resume(returning: .failure(Self.stopped)) }
    }

    private static var stopped: SheafError { SheafError(.cancelled, "the runtime is ending") }

    /// Looks at these channels from now on, each for the first time soon.
    package func follow(_ channels: some Sequence<FollowedChannel> & Sendable) async {
        for channel in channels {
            let name = await place(of: channel)
            guard !isStopped else { return }
            let due = time.now() + schedule.firstPause(chance())
            var turn = repositories[name]?.turns[channel] ?? .init(due: due, isFollowed: true)
            turn.isFollowed = true
            turn.isEnded = false
            repositories[name, default: Repository()].turns[channel] = turn
            if isRunning { start(name) }
        }
    }

    /// Asks anew where the repositories of all channels are, as after a change of the host policy.
    package func relocate() async {
        for channel in repositories.values.flatMap({ $0.turns.keys }) {
            _ = await place(of: channel)
        }
    }

    /// The repository that a channel is of now. One that was followed at another, as before its host
    /// policy was corrected, is moved with all who wait for it, so that each is followed once; only
    /// when it is being fetched there, that fetch ends first.
    private func place(of channel: FollowedChannel) async -> String {
        let name = await source.repository(of: channel)
        guard let old = repositories.first(where: { $0.value.turns[channel] != nil })?.key,
            old != name
        else { return name }
        guard repositories[old]?.running != channel else { return old }
        guard !isStopped, var turn = repositories[old]?.turns.removeValue(forKey: channel) else {
            return name
        }
        turn.due = min(turn.due, time.now())
        turn.failures = 0
        repositories[name, default: Repository()].turns[channel] = turn
        wake(old)
        if isRunning || !turn.waiters.isEmpty { start(name) }
        logger.notice("a channel has another repository now", metadata: ["channel": "\(channel)"])
        return name
    }

    /// Looks at a channel no more, unless somebody waits for it. What they wait for does not make it
    /// followed again; what is asked for afterwards does.
    package func unfollow(_ channel: FollowedChannel) {
        for name in repositories.keys {
            repositories[name]?.turns[channel]?.isFollowed = false
            repositories[name]?.turns[channel]?.isEnded = true
            dropIfUnwanted(channel, in: name)
        }
    }

    /// Brings a channel up to date now, or joins the sync of it that is under way; afterwards it is
    /// followed.
    ///
    /// - Parameters:
    ///   - deadline: how long to wait; the sync itself goes on for others who wait.
    ///   - transfer: how long the transfer may take while somebody waits, where that is longer than
    ///     the schedule says.
    /// - Throws: what a sync throws; `deadline_exceeded`, `cancelled`.
    package func sync(
        _ channel: FollowedChannel, deadline: Duration, transfer: Duration? = nil
    ) async throws(SheafError) -> Source.Success {
        let name = await place(of: channel)
        lastWaiter += 1
        let id = lastWaiter
        let end = time.now() + deadline
        let timer = Task {
            await time.sleep(end)
            if !Task.isCancelled { leave(id, channel, Self.late) }
        }
        defer { timer.cancel() }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { enter(id, channel, name, transfer, $0) }
        } onCancel: {
            Task { await self.leave(id, channel, Self.cancelled) }
        }
        return try result.get()
    }

    private static var late: SheafError {
        SheafError(.deadlineExceeded, "the sync did not come to its end in the time allowed")
    }

    private static var cancelled: SheafError { SheafError(.cancelled, "the sync was cancelled") }

    /// What is going on.
    package var load: FollowLoad {
        let moment = time.now()
        return FollowLoad(
            channels: repositories.values.reduce(0) {
                $0 + $1.turns.values.count(where: \.isFollowed)
            },
            running: repositories.values.count { $0.running != nil } - slots.waiting,
            queued: slots.waiting,
            backingOff: repositories.values.count { $0.resumesAt.map { $0 > moment } ?? false },
            waitedFor: repositories.values.count(where: \.isWaitedFor))
    }

    /// How many wait for a sync.
    package var waiterCount: Int {
        repositories.values.reduce(0) { $0 + $1.turns.values.reduce(0) { $0 + $1.waiters.count } }
    }

    /// How many repositories it keeps in mind.
    package var repositoryCount: Int { repositories.count }

    // MARK: Those who wait

    private func enter(
        _ id: UInt64, _ channel: FollowedChannel, _ name: String, _ transfer: Duration?,
        _ waiter: Repository.Waiter
    ) {
        if isStopped { return waiter.resume(returning: .failure(Self.stopped)) }
        // It may have happened before there was anybody here to tell.
        if Task.isCancelled { return waiter.resume(returning: .failure(Self.cancelled)) }
        let moment = time.now()
        var turn =
            repositories[name]?.turns[channel] ?? .init(due: moment, isFollowed: false)
        turn.waiters[id] = waiter
        turn.isEnded = false
        if let transfer { turn.transfer = max(transfer, turn.transfer ?? .zero) }
        let isEnding = repositories[name]?.longFetch?.isEnded == true
        if repositories[name]?.running != channel || isEnding {
            turn.askedAt = turn.askedAt ?? moment
        }
        repositories[name, default: Repository()].turns[channel] = turn
        start(name)
        wake(name)
    }

    private func leave(
        _ id: UInt64, _ channel: FollowedChannel, _ reason: SheafError
    ) {
        let held = repositories.first { $0.value.turns[channel]?.waiters[id] != nil }
        guard let name = held?.key,
            let waiter = repositories[name]?.turns[channel]?.waiters.removeValue(forKey: id)
        else { return }
        if repositories[name]?.turns[channel]?.waiters.isEmpty == true {
            repositories[name]?.turns[channel]?.askedAt = nil
            repositories[name]?.turns[channel]?.transfer = nil
            endLongFetch(of: channel, in: name)
            dropIfUnwanted(channel, in: name)
        }
        waiter.resume(returning: .failure(reason))
    }

    private func dropIfUnwanted(_ channel: FollowedChannel, in name: String) {
        guard let turn = repositories[name]?.turns[channel], !turn.isFollowed,
            turn.waiters.isEmpty, repositories[name]?.running != channel
        else { return }
        repositories[name]?.turns[channel] = nil
        // It may have been the last, and then the task of the repository ends.
        wake(name)
    }

    // MARK: One repository

    private func start(_ name: String) {
        if repositories[name]?.task == nil {
            repositories[name]?.task = Task { await serve(name) }
        }
        watchReleases(of: name)
        wake(name)
    }

    func wake(_ name: String) {
        repositories[name]?.nap?.cancel()
    }

    private func serve(_ name: String) async {
        while !Task.isCancelled, let repository = repositories[name] {
            if forget(name) { return }
            switch repository.next(at: time.now()) {
            case .fetch(let channel): await fetch(channel, of: name)
            case .rest(let end):
                let time = time
                let nap = Task { await time.sleep(end ?? .seconds(1 << 40)) }
                repositories[name]?.nap = nap
                await withTaskCancellationHandler {
                    await nap.value
                } onCancel: {
                    nap.cancel()
                }
            }
        }
    }

    /// Forgets a repository of which no channel is left, as its task does before it rests, so that it
    /// keeps nothing of what was asked for and is not there. What waits for its releases ends first,
    /// and then wakes the task.
    private func forget(_ name: String) -> Bool {
        guard let repository = repositories[name], repository.turns.isEmpty else { return false }
        if let watch = repository.watch {
            watch.cancel()
            return false
        }
        repositories[name] = nil
        return true
    }

    private func fetch(_ channel: FollowedChannel, of name: String) async {
        guard await place(of: channel) == name,
            let turn = repositories[name]?.turns[channel]
        else { return }
        let since = turn.askedAt ?? max(turn.due, repositories[name]?.resumesAt ?? turn.due)
        repositories[name]?.running = channel
        repositories[name]?.turns[channel]?.askedAt = nil
        repositories[name]?.turns[channel]?.isTold = false
        guard await slots.take(first: turn.askedAt != nil) else { return }
        let begin = time.now()
        let place = PlaceInUse(slots)
        let slow = Task {
            await time.sleep(begin + schedule.slowAfter)
            if !Task.isCancelled { place.giveBack() }
        }
        let result = await transfer(channel, of: name, from: begin)
        slow.cancel()
        place.giveBack()
        repositories[name]?.running = nil
        if Task.isCancelled { return }
        observe(
            FollowEvent(
                channel: channel, outcome: outcome(of: result), waited: max(.zero, begin - since),
                took: time.now() - begin))
        await settle(channel, of: name, result)
    }

    private func outcome(of result: Result<Source.Success, SheafError>) -> String {
        switch result {
        case .success(let success): source.facts(of: success).outcome
        case .failure(let error): error.code.rawValue
        }
    }

    private func settle(
        _ channel: FollowedChannel, of name: String, _ result: Result<Source.Success, SheafError>
    ) async {
        // Who came after a fetch was ended waits for the next.
        let isEnded = repositories[name]?.longFetch?.isEnded == true
        let waiters = isEnded ? [:] : repositories[name]?.turns[channel]?.waiters ?? [:]
        repositories[name]?.longFetch = nil
        if !isEnded {
            repositories[name]?.turns[channel]?.waiters = [:]
            repositories[name]?.turns[channel]?.transfer = nil
        }
        switch result {
        case .success(let success): succeeded(channel, of: name, source.facts(of: success).commit)
        case .failure(let error): failed(channel, of: name, error)
        }
        if repositories[name]?.turns[channel]?.isFollowed == false {
            await keep(channel, of: name, result)
        }
        for waiter in waiters.values { waiter.resume(returning: result) }
    }

    /// What somebody asked for is followed from then on, once it was there: a name that is none
    /// must not be asked for without end.
    private func keep(
        _ channel: FollowedChannel, of name: String, _ result: Result<Source.Success, SheafError>
    ) async {
        guard case .success = result, repositories[name]?.turns[channel]?.isEnded == false else {
            return dropIfUnwanted(channel, in: name)
        }
        do throws(SheafError) {
            try await source.remember(channel)
        } catch {
            logger.error(
                "a channel could not be noted as followed",
                metadata: ["channel": "\(channel)", "code": "\(error.code.rawValue)"])
        }
        let isEnded = repositories[name]?.turns[channel]?.isEnded == true
        repositories[name]?.turns[channel]?.isFollowed = !isEnded
        watchReleases(of: name)
        dropIfUnwanted(channel, in: name)
    }

    private func succeeded(_ channel: FollowedChannel, of name: String, _ commit: CommitID) {
        let moment = time.now()
        if repositories[name]?.failures ?? 0 > 0 {
            logger.notice("a repository can be reached again", metadata: ["channel": "\(channel)"])
        }
        repositories[name]?.failures = 0
        repositories[name]?.resumesAt = nil
        guard var turn = repositories[name]?.turns[channel] else { return }
        turn.failures = 0
        turn.commit = commit
        turn.due = turn.isTold ? moment : moment + schedule.pause(chance())
        turn.isTold = false
        repositories[name]?.turns[channel] = turn
    }

    private func failed(_ channel: FollowedChannel, of name: String, _ error: SheafError) {
        let moment = time.now()
        guard var repository = repositories[name], var turn = repository.turns[channel] else {
            return
        }
        if error.code.isOfRemote {
            repository.failures += 1
            let pause = max(
                schedule.pause(afterFailures: repository.failures, chance()),
                error.retryAfter.map { min($0, schedule.maximumRetry) } ?? .zero)
            repository.resumesAt = moment + pause
            // Behind the others: one channel that nobody can fetch must not be the only one tried.
            turn.due = moment
            logger.warning(
                "a repository cannot be reached and is left alone for a while",
                metadata: [
                    "channel": "\(channel)", "code": "\(error.code.rawValue)",
                    "seconds": "\(Int(pause / .seconds(1)))", "failures": "\(repository.failures)",
                ])
        } else if error.code.isOfHost {
            turn.failures += 1
            turn.due = moment + schedule.pause(afterFailures: turn.failures, chance())
        } else {
            turn.due = moment + schedule.pause(chance())
        }
        repository.turns[channel] = turn
        repositories[name] = repository
    }
}
