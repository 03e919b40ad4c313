import BundleModel
import Testing
import WorkerRuntime

@Suite("A repository of which no channel is followed or asked for")
struct ForgottenRepositoryTests {
    private let clock = ManualTime()
    private let source = ScriptedSource()

    private func follower() -> ChannelFollower<ScriptedSource> {
        var schedule = FollowSchedule()
        schedule.longPoll = .seconds(30)
        schedule.jitter = 0
        return ChannelFollower(source, schedule: schedule, time: clock.time, chance: { 0.5 })
    }

    /// Whether nothing of a repository naps until it is asked for something.
    private var hasNoNap: Bool { !clock.isAwaited(.seconds(1 << 40)) }

    @Test("is forgotten, however many of them were asked for")
    func unknown() async throws {
        let followed = try FollowedChannel("acme/agents@stable")
        let follower = follower()
        await follower.follow([followed])
        let running = Task { await follower.run() }
        await eventually("the first look") { source.ended.count == 1 }
        await eventually("a rest of its watch") { clock.isAwaited(.seconds(3600)) }
        for index in 0..<300 {
            let channel = try FollowedChannel("w\(index)/b@stable")
            source.answer(channel.workspace, .failure(SheafError(.notFound, "there is none")))
            await #expect(throws: SheafError.self) {
                try await follower.sync(channel, deadline: .seconds(9))
            }
        }
        await eventually("they are forgotten") { await follower.repositoryCount == 1 }
        await eventually("their tasks end") { hasNoNap }
        // None of them was asked for its releases.
        #expect(source.cursors.count == 1)
        // The one that is followed is looked at as before.
        clock.advance(to: .seconds(60))
        await eventually("the next look") { source.ended.count == 302 }
        running.cancel()
        await running.value
    }

    @Test("is forgotten when whoever asked has gone")
    func left() async throws {
        let channel = try FollowedChannel("acme/agents@stable")
        source.answer(channel.workspace, .hang)
        let follower = follower()
        let running = Task { await follower.run() }
        let asking = Task { try await follower.sync(channel, deadline: .seconds(9)) }
        await eventually("the fetch") { source.hangingCount == 1 }
        asking.cancel()
        _ = await asking.result
        #expect(await follower.repositoryCount == 1)
        source.release(channel.workspace, with: .failure(SheafError(.notFound, "there is none")))
        await eventually("it is forgotten") { await follower.repositoryCount == 0 }
        #expect(hasNoNap)
        running.cancel()
        await running.value
    }

    @Test("is forgotten with the wait for its releases, and known again when it is asked for")
    func unfollowed() async throws {
        let channel = try FollowedChannel("acme/agents@stable")
        let follower = follower()
        await follower.follow([channel])
        let running = Task { await follower.run() }
        await eventually("a rest of its watch") { clock.isAwaited(.seconds(3600)) }
        await eventually("the first look") { source.ended.count == 1 }
        await follower.unfollow(channel)
        await eventually("it is forgotten") { await follower.repositoryCount == 0 }
        #expect(hasNoNap && !clock.isAwaited(.seconds(3600)))
        _ = try await follower.sync(channel, deadline: .seconds(9))
        #expect(await follower.load.channels == 1)
        await eventually("it is asked for its releases again") { source.cursors.count == 2 }
        running.cancel()
        await running.value
    }
}
