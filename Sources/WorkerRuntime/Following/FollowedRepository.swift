internal import BundleModel

/// What a follower knows of one repository: its channels, whose turn it is, and how it answers.
struct FollowedRepository<Success: Sendable> {
    /// Somebody who waits for a sync.
    typealias Waiter = CheckedContinuation<Result<Success, SheafError>, Never>

    /// One channel of it.
    struct Turn {
        /// When it is looked at next.
        var due: Duration
        /// Whether it is looked at without being asked for.
        var isFollowed: Bool
        /// Whether it was said, since it was last asked for, that it is followed no more: what is
        /// under way then does not make it followed again.
        var isEnded = false
        /// Failures of this host in a row.
        var failures = 0
        /// The release in service after the last sync.
        var commit: CommitID?
        /// Whether the repository told of a release while this was fetched.
        var isTold = false
        /// Who waits for it, since when, by a number that tells them apart.
        var waiters: [UInt64: Waiter] = [:]
        var askedAt: Duration?
        /// How long those who wait let the transfer take, where it is longer than the schedule says.
        var transfer: Duration?
    }

    /// A fetch that may take longer than the schedule says, as long as somebody waits for it.
    struct LongFetch {
        /// When the schedule would end it.
        let end: Duration
        let work: Task<Result<Success, SheafError>, Never>
        /// Whether it was ended because nobody waited any more.
        var isEnded = false
    }

    /// What is to be done next.
    enum Step {
        case fetch(FollowedChannel)
        /// Nothing until then; nil until something is asked for.
        case rest(until: Duration?)
    }

    var turns: [FollowedChannel: Turn] = [:]
    /// Failures to reach it in a row.
    var failures = 0
    /// It is left alone until then, except by who asks.
    var resumesAt: Duration?
    var running: FollowedChannel?
    /// The fetch that is under way, where it may take longer than the schedule says.
    var longFetch: LongFetch?
    var task: Task<Void, Never>?
    var nap: Task<Void, Never>?
    /// What waits for its releases.
    var watch: Task<Void, Never>?
    var isWaitedFor = false

    /// The channel by which the repository is asked for its releases.
    var firstFollowed: FollowedChannel? { turns.filter(\.value.isFollowed).keys.min() }

    /// What somebody waits for comes first, in the order in which it was asked for; then what is
    /// due, the longest first.
    func next(at moment: Duration) -> Step {
        let asked = turns.compactMap { channel, turn in turn.askedAt.map { (channel, $0) } }
        if let first = asked.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) { return .fetch(first.0) }
        let followed = turns.filter(\.value.isFollowed)
        guard
            let first = followed.min(by: { ($0.value.due, $0.key) < ($1.value.due, $1.key) })
        else { return .rest(until: nil) }
        let begin = max(first.value.due, resumesAt ?? first.value.due)
        return begin <= moment ? .fetch(first.key) : .rest(until: begin)
    }
}
