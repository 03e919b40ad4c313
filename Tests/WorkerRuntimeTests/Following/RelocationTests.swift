import BundleModel
import Testing
import WorkerRuntime

@Suite("A channel whose repository is another one since the host policy was corrected")
struct RelocationTests {
    private let clock = ManualTime()
    private let source = ScriptedSource()

    private func follower() -> ChannelFollower<ScriptedSource> {
        var schedule = FollowSchedule()
        schedule.longPoll = .zero
        schedule.jitter = 0
        return ChannelFollower(source, schedule: schedule, time: clock.time, chance: { 0.5 })
    }

    @Test("is followed once, and at the new one", arguments: [true, false])
    func once(isAskedFor: Bool) async throws {
        let channel = try FollowedChannel("acme/agents@stable")
        source.answer(
            channel.workspace, .failure(SheafError(.hostPolicyDenied, "nobody serves it")))
        let follower = follower()
        await follower.follow([channel])
        let running = Task { await follower.run() }
        await eventually("the first look") { source.ended.count == 1 }
        source.place(channel.workspace, at: "corrected")
        source.answer(channel.workspace, .commit("b"))
        if isAskedFor {
            _ = try await follower.sync(channel, deadline: .seconds(9))
        } else {
            await follower.relocate()
        }
        await eventually("the second look") { source.ended.count == 2 }
        #expect(await follower.load.channels == 1)
        // At the end of the interval both places would have their turn.
        await eventually("a rest") { clock.isAwaited(.seconds(60)) }
        clock.advance(to: .seconds(60))
        await eventually("the third look") { source.ended.count == 3 }
        await eventually("another rest") { clock.isAwaited(.seconds(120)) }
        #expect(source.begun.count == 3)
        #expect(await follower.load.channels == 1)
        running.cancel()
        await running.value
    }

    @Test("whoever waits for a fetch at the old one is told of it, and the next is at the new one")
    func underWay() async throws {
        let channel = try FollowedChannel("acme/agents@stable")
        source.answer(channel.workspace, .hang)
        let follower = follower()
        await follower.follow([channel])
        let running = Task { await follower.run() }
        await eventually("a fetch hangs") { source.hangingCount == 1 }
        source.place(channel.workspace, at: "corrected")
        let waiting = Task { try await follower.sync(channel, deadline: .seconds(9)) }
        await eventually("one waits") { await follower.waiterCount == 1 }
        #expect(await follower.load.channels == 1)
        source.release(channel.workspace, with: .commit("c"))
        let came = try await waiting.value
        #expect(came == "c")
        source.answer(channel.workspace, .commit("d"))
        let next = try await follower.sync(channel, deadline: .seconds(9))
        #expect(next == "d")
        #expect(source.mostAtOnce == 1)
        #expect(await follower.load.channels == 1)
        running.cancel()
        await running.value
    }
}
