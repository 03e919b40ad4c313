/// The clock that following goes by.
package struct FollowTime: Sendable {
    /// The time since some moment; it never goes back.
    package let now: @Sendable () -> Duration
    /// Returns when it is that late, or sooner when the task is cancelled.
    package let sleep: @Sendable (_ until: Duration) async -> Void

    /// A clock of a test.
    package init(
        now: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (_ until: Duration) async -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// The clock of this host.
    package static func continuous() -> FollowTime {
        let start = ContinuousClock.now
        return FollowTime(
            now: { ContinuousClock.now - start },
            sleep: { try? await Task.sleep(until: start + $0, clock: .continuous) })
    }
}
