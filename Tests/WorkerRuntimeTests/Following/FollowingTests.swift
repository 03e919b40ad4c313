import BundleModel
import BundleRepository
import Synchronization
import Testing
import WorkerRuntime

@Suite("Following channels, by a clock of the test's")
struct FollowingTests {
    private let clock = ManualTime()
    private let source = ScriptedSource()

    private static func channels(_ workspaces: Int, each count: Int = 1) throws -> [FollowedChannel]
    {
        try (0..<workspaces).flatMap { workspace in
            try (0..<count).map { try FollowedChannel("w\(workspace)/b\($0)@stable") }
        }
    }

    private static func unreachable(retryAfter: Int? = nil) -> SheafError {
        SheafError(
            .remoteUnavailable, "nobody is there",
            details: retryAfter.map { ["retryAfter": String($0)] } ?? [:])
    }

    /// The middle of every range.
    private func follower(
        _ schedule: FollowSchedule = Self.plain, chance: Double = 0.5
    ) -> ChannelFollower<ScriptedSource> {
        ChannelFollower(source, schedule: schedule, time: clock.time, chance: { chance })
    }

    private static var plain: FollowSchedule {
        var schedule = FollowSchedule()
        schedule.longPoll = .zero
        schedule.jitter = 0
        return schedule
    }

    private func following(
        _ follower: ChannelFollower<ScriptedSource>, _ channels: [FollowedChannel],
        _ body: () async throws -> Void
    ) async throws {
        await follower.follow(channels)
        let running = Task { await follower.run() }
        try await body()
        running.cancel()
        await running.value
    }

    @Test("a channel is looked at once in the interval")
    func interval() async throws {
        let channels = try Self.channels(1)
        try await following(follower(), channels) {
            for round in 1...4 {
                await eventually("round \(round)") { source.ended.count == round }
                await eventually("a rest") { clock.isAwaited(.seconds(60 * round)) }
                clock.advance(to: .seconds(60 * round) - .milliseconds(1))
                #expect(source.begun.count == round)
                clock.advance(to: .seconds(60 * round))
            }
        }
    }

    @Test("the interval is longer or shorter by chance", arguments: [0, 0.25, 0.5, 1])
    func jitter(chance: Double) async throws {
        var schedule = Self.plain
        schedule.jitter = 0.2
        let channels = try Self.channels(1)
        try await following(follower(schedule, chance: chance), channels) {
            let first = Duration.seconds(2) * chance
            await eventually("the first rest") {
                chance == 0 || clock.isAwaited(first) || !source.begun.isEmpty
            }
            clock.advance(to: first)
            await eventually("the first look") { source.ended.count == 1 }
            let pause = Duration.seconds(60) * (1 + 0.2 * (2 * chance - 1))
            await eventually("a rest of \(pause)") { clock.isAwaited(first + pause) }
        }
    }

    @Test("a repository that cannot be reached is left alone for a time that doubles, with a cap")
    func backOff() async throws {
        let channels = try Self.channels(1, each: 3)
        source.answer(channels[0].workspace, .failure(Self.unreachable()))
        try await following(follower(), channels) {
            var moment = Duration.zero
            var tried = 0
            // Three quarters of 5, 10, 20, 40, 80, 160, 300, 300 seconds.
            for seconds in [5, 10, 20, 40, 80, 160, 300, 300] {
                tried += 1
                await eventually("try \(tried)") { source.ended.count == tried }
                moment += .seconds(seconds) * 0.75
                await eventually("a rest until \(moment)") { clock.isAwaited(moment) }
                clock.advance(to: moment)
            }
            // No channel is the only one that is tried.
            await eventually("a ninth try") { source.ended.count == 9 }
            #expect(Set(source.begun) == Set(channels))
            source.answer(channels[0].workspace, .commit("b"))
            moment += .seconds(300) * 0.75
            await eventually("a last rest") { clock.isAwaited(moment) }
            clock.advance(to: moment)
            await eventually("all of them, as soon as one came") { source.ended.count == 12 }
            #expect(Set(source.begun.suffix(3)) == Set(channels))
        }
    }

    @Test("a repository that asks to come again later is left alone for so long")
    func retryAfter() async throws {
        let channels = try Self.channels(1)
        source.answer(channels[0].workspace, .failure(Self.unreachable(retryAfter: 77)))
        try await following(follower(), channels) {
            await eventually("a rest") { clock.isAwaited(.seconds(77)) }
        }
    }

    @Test("a release that is refused is looked at in the interval, and delays no other channel")
    func refusal() async throws {
        let channels = try Self.channels(1, each: 2)
        source.answer(
            channels[0].workspace, .failure(SheafError(.digestMismatch, "it has another digest")))
        try await following(follower(), channels) {
            await eventually("both") { Set(source.ended) == Set(channels) }
            await eventually("a rest") { clock.isAwaited(.seconds(60)) }
        }
    }

    @Test("of a repository one channel is fetched at a time, however many ask")
    func oneAtATime() async throws {
        let channels = try Self.channels(2, each: 3)
        source.answer(channels[0].workspace, .hang)
        let follower = follower()
        try await following(follower, channels) {
            let asking = channels.prefix(3).flatMap { channel in
                (0..<20).map { _ in
                    Task { try await follower.sync(channel, deadline: .seconds(1000)) }
                }
            }
            for count in 1...3 {
                await eventually("fetch \(count)") {
                    source.begun.count { $0.workspace == channels[0].workspace } >= count
                }
                source.release(channels[0].workspace, with: .commit("c"))
            }
            source.answer(channels[0].workspace, .commit("c"))
            for task in asking {
                source.release(channels[0].workspace, with: .commit("c"))
                let came = try await task.value
                #expect(came == "c")
            }
            #expect(source.mostAtOnce == 1)
        }
    }

    @Test("a sync that is asked for joins the one that is under way")
    func joining() async throws {
        let channel = try Self.channels(1)[0]
        source.answer(channel.workspace, .hang)
        let follower = follower()
        try await following(follower, [channel]) {
            await eventually("the first fetch") { source.begun.count == 1 }
            let asking = (0..<100).map { _ in
                Task { try await follower.sync(channel, deadline: .seconds(1000)) }
            }
            await eventually("all wait") { await follower.waiterCount == 100 }
            source.release(channel.workspace, with: .commit("d"))
            for task in asking {
                let came = try await task.value
                #expect(came == "d")
            }
            #expect(source.begun.count == 1)
        }
    }

    @Test("a sync that is asked for does not wait until its repository's rest is over")
    func askedInBackOff() async throws {
        let channel = try Self.channels(1)[0]
        source.answer(channel.workspace, .failure(Self.unreachable()))
        let follower = follower()
        try await following(follower, [channel]) {
            await eventually("a rest") { clock.isAwaited(.seconds(5) * 0.75) }
            source.answer(channel.workspace, .commit("e"))
            let came = try await follower.sync(channel, deadline: .seconds(9))
            #expect(came == "e")
            #expect(clock.now == .zero)
        }
    }

    @Test("repositories that hang leave the others their places", arguments: [1, 2, 8])
    func hanging(fetches: Int) async throws {
        let channels = try Self.channels(10, each: 10)
        for workspace in ["w3", "w7"] { source.answer(try WorkspaceID(workspace), .hang) }
        var schedule = Self.plain
        schedule.fetches = fetches
        let bad = try Set(["w3", "w7"].map { try WorkspaceID($0) })
        let good = Set(channels.filter { !bad.contains($0.workspace) })
        try await following(follower(schedule), channels) {
            // With no more places than hang, each keeps its place for five seconds at most.
            for round in 1...2 where fetches <= 2 {
                await eventually("\(round) hang, or all are done") {
                    source.hangingCount >= min(2, round * fetches)
                        || Set(source.ended).isSuperset(of: good)
                }
                clock.advance(to: clock.now + .seconds(5))
            }
            await eventually("the other eighty are current") {
                Set(source.ended).isSuperset(of: good)
            }
            #expect(source.ended.count == 80)
            #expect(clock.now <= .seconds(10))
            #expect(source.mostAtOnce == 1)
        }
    }

    @Test("whoever waits no longer is told, and the sync goes on for the others")
    func deadline() async throws {
        let channel = try Self.channels(1)[0]
        source.answer(channel.workspace, .hang)
        let follower = follower()
        try await following(follower, []) {
            let patient = Task { try await follower.sync(channel, deadline: .seconds(100)) }
            let hasty = Task { try await follower.sync(channel, deadline: .seconds(3)) }
            let given = Task { try await follower.sync(channel, deadline: .seconds(100)) }
            await eventually("all wait") { await follower.waiterCount == 3 }
            await eventually("a timer") { clock.isAwaited(.seconds(3)) }
            given.cancel()
            clock.advance(to: .seconds(3))
            await #expect { try await hasty.value } throws: {
                ($0 as? SheafError)?.code == .deadlineExceeded
            }
            await #expect { try await given.value } throws: {
                ($0 as? SheafError)?.code == .cancelled
            }
            await eventually("the fetch") { source.begun.count == 1 }
            source.release(channel.workspace, with: .commit("f"))
            let came = try await patient.value
            #expect(came == "f")
        }
    }

    @Test(
        "what was asked for is followed from then on when it was there",
        arguments: [
            (SheafError.Code?.none, true), (.remoteUnavailable, false), (.notFound, false),
            (.hostPolicyDenied, false),
        ])
    func remembering(code: SheafError.Code?, isFollowed: Bool) async throws {
        let channel = try Self.channels(1)[0]
        if let code { source.answer(channel.workspace, .failure(SheafError(code, "no"))) }
        let follower = follower()
        try await following(follower, []) {
            _ = try? await follower.sync(channel, deadline: .seconds(9))
            #expect(source.remembered == (isFollowed ? [channel] : []))
            #expect(await follower.load.channels == (isFollowed ? 1 : 0))
        }
    }

    @Test(
        "what is unfollowed while it is fetched stays so, unless it is asked for again",
        arguments: [false, true])
    func unfollowing(isAskedAgain: Bool) async throws {
        let channels = try Self.channels(1, each: 2)
        let (ended, other) = (channels[0], channels[1])
        source.answer(ended.workspace, .hang)
        let follower = follower()
        try await following(follower, [ended]) {
            await eventually("the fetch") { source.hangingCount == 1 }
            await follower.unfollow(ended)
            var asking: Task<String, any Error>?
            if isAskedAgain {
                asking = Task { try await follower.sync(ended, deadline: .seconds(9)) }
                await eventually("somebody waits") { await follower.waiterCount == 1 }
            }
            source.answer(ended.workspace, .commit("a"))
            source.release(ended.workspace, with: .commit("a"))
            _ = try await asking?.value
            // Of a repository one channel comes after the other: then the first is done with.
            _ = try await follower.sync(other, deadline: .seconds(9))
            #expect(source.remembered == (isAskedAgain ? [ended, other] : [other]))
            #expect(await follower.load.channels == (isAskedAgain ? 2 : 1))
        }
    }

    @Test(
        "a fetch that may take a day ends with the last who waits, at the earliest when any would",
        arguments: [5, 10, 15])
    func longFetch(leavesAt second: Int) async throws {
        let channels = try Self.channels(1, each: 2)
        source.answer(channels[0].workspace, .hang)
        var schedule = Self.plain
        schedule.deadline = .seconds(10)
        let follower = follower(schedule)
        let day = Duration.seconds(86_400)
        try await following(follower, []) {
            let asking = (0..<2).map { _ in
                Task { try await follower.sync(channels[0], deadline: day, transfer: day) }
            }
            await eventually("both wait") { await follower.waiterCount == 2 }
            await eventually("the fetch") { source.hangingCount == 1 }
            await eventually("a timer") { clock.isAwaited(.seconds(10)) }
            source.answer(channels[0].workspace, .commit("a"))
            asking[0].cancel()
            _ = await asking[0].result
            clock.advance(to: .seconds(second))
            for _ in 0..<1000 { await Task.yield() }
            #expect(source.ended.isEmpty, "somebody still waits")
            asking[1].cancel()
            _ = await asking[1].result
            clock.advance(to: .seconds(max(second, 10)))
            await eventually("it is ended") { source.ended == [channels[0]] }
            let came = try await follower.sync(channels[1], deadline: .seconds(9))
            #expect(came == "a")
        }
    }

    @Test("a server that tells of a release is believed to have one, and no more than that")
    func notices() async throws {
        let channels = try Self.channels(1, each: 2)
        var schedule = Self.plain
        schedule.longPoll = .seconds(30)
        let told = ReleaseNotice.Entry(
            bundle: channels[0].bundle, channel: channels[0].channel,
            commit: ScriptedSource.commit("b"))
        try await following(follower(schedule), channels) {
            await eventually("both") { Set(source.ended) == Set(channels) }
            // There was nothing to hear, so the server is asked again after an hour.
            await eventually("a rest") { clock.isAwaited(.seconds(3600)) }
            source.answer(channels[0].workspace, .commit("b"))
            source.tell([.releases([told], cursor: "c1"), .releases([told], cursor: "c2")])
            let before = source.begun.count
            clock.advance(to: .seconds(59))
            #expect(source.begun.count == before)
            clock.advance(to: .seconds(3600))
            await eventually("it is heard") { source.cursors.count == 2 }
            await eventually("a rest after it") { clock.isAwaited(.seconds(3601)) }
            clock.advance(to: .seconds(3601))
            await eventually("the next question says what is known") {
                source.cursors.suffix(1) == ["c1"]
            }
            await eventually("a fetch of it") { source.ended.count >= before + 1 }
        }
    }

    @Test("everything ends with the task that follows, and whoever waits is told")
    func ending() async throws {
        let channels = try Self.channels(2)
        for channel in channels { source.answer(channel.workspace, .hang) }
        let follower = follower()
        await follower.follow(channels)
        let running = Task { await follower.run() }
        let waiting = Task { try await follower.sync(channels[1], deadline: .seconds(100)) }
        await eventually("both hang") { source.begun.count == 2 }
        await eventually("one waits") { await follower.waiterCount == 1 }
        running.cancel()
        await running.value
        await #expect { try await waiting.value } throws: {
            ($0 as? SheafError)?.code == .cancelled
        }
        #expect(source.ended.count == 2)
        await #expect { try await follower.sync(channels[0], deadline: .seconds(1)) } throws: {
            ($0 as? SheafError)?.code == .cancelled
        }
    }
}
