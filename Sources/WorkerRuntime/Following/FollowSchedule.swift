/// When a host asks the repositories that it follows, and how much of that goes on at once.
public struct FollowSchedule: Hashable, Sendable {
    /// Between two looks at a channel of which nothing new is heard.
    public var interval: Duration = .seconds(60)
    /// The part of the interval by which it is longer or shorter by chance, 0 to 1: a fleet that was
    /// started at once must not ask at once for ever.
    public var jitter = 0.1
    /// Before the second try of a repository that cannot be reached; doubled after each try.
    public var retry: Duration = .seconds(5)
    /// What that doubles up to.
    public var maximumRetry: Duration = .seconds(300)
    /// For one fetch.
    public var deadline: Duration = .seconds(120)
    /// Fetches at once, those not counted that take longer than ``slowAfter``.
    public var fetches = 8
    /// After so long a fetch no longer counts among those at once, so that repositories that hang
    /// leave the others their places. Each repository has one fetch at a time in any case.
    public var slowAfter: Duration = .seconds(5)
    /// How long a server is asked to wait for a release; zero asks none.
    public var longPoll: Duration = .seconds(30)
    /// Repositories that are waited for at once; with more they take turns.
    public var longPolls = 32

    /// The standard one.
    public init() {}

    /// The time until the next look.
    func pause(_ chance: Double) -> Duration {
        interval * (1 + jitter * (2 * chance - 1))
    }

    /// How long after the start a channel is first looked at.
    func firstPause(_ chance: Double) -> Duration {
        min(interval * jitter, .seconds(2)) * chance
    }

    /// The time until the next try after so many in a row that failed: between half of the
    /// doubled time and all of it.
    func pause(afterFailures failures: Int, _ chance: Double) -> Duration {
        let doubled = retry * Double(1 << min(max(failures - 1, 0), 24))
        return min(doubled, maximumRetry) * (0.5 + chance / 2)
    }
}
