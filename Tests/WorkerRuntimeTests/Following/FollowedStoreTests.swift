import BundleModel
import Testing
import WorkerRuntime

@Suite("What a store follows")
struct FollowedStoreTests {
    private static func channels(_ texts: String...) throws -> Set<FollowedChannel> {
        Set(try texts.map { try FollowedChannel($0) })
    }

    @Test("is there after a restart, and changes with the configuration")
    func restart() async throws {
        let setup = try await RuntimeSetup()
        let asked = try FollowedChannel("acme/asked@latest")
        do {
            let runtime = try setup.runtime()
            try await runtime.follow(configured: Self.channels("acme/a@stable", "acme/b@stable"))
            try await runtime.follow(asked)
            try await runtime.follow(FollowedChannel("acme/b@stable"))
        }
        let runtime = try setup.runtime()
        #expect(
            try await runtime.followedChannels().map(\.description)
                == ["acme/a@stable", "acme/asked@latest", "acme/b@stable"])
        try await runtime.follow(configured: Self.channels("acme/c@stable"))
        #expect(
            try await runtime.followedChannels().map(\.description)
                == ["acme/asked@latest", "acme/c@stable"])
        #expect(try await runtime.unfollow(asked))
        #expect(try await !runtime.unfollow(asked))
        #expect(try await runtime.followedChannels().count == 1)
    }

    @Test("what was asked for stays when the configuration named it for a while, and no longer")
    func origins() async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        let (asked, both) = (try FollowedChannel("acme/a@stable"), try FollowedChannel("acme/b@x"))
        try await runtime.follow(asked)
        try await runtime.follow(configured: [asked, both])
        try await runtime.follow(both)
        for channel in [asked, both] {
            await failing(.conflict) { try await runtime.unfollow(channel) }
        }
        try await runtime.follow(configured: [])
        #expect(try await runtime.followedChannels() == [asked])
        #expect(try await runtime.unfollow(asked))
        #expect(try await runtime.followedChannels().isEmpty)
    }

    @Test("what was asked for ends when it is forgotten, also while the configuration names it")
    func forgotten() async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        let (a, b) = (try FollowedChannel("acme/a@stable"), try FollowedChannel("acme/b@stable"))
        for channel in [a, b] { try await runtime.follow(channel) }
        try await runtime.follow(configured: [a, b])
        let error = await failing(.conflict) { try await runtime.unfollow(a) }
        #expect(error?.hint?.contains("it was asked for before as well") == true)
        try await runtime.forget(a.bundle, on: a.channel, reason: "a test")
        let later = await failing(.conflict) { try await runtime.unfollow(a) }
        #expect(later?.hint?.contains("asked for") == false)
        #expect(try await runtime.followedChannels() == [a, b])
        try await runtime.follow(configured: [])
        #expect(try await runtime.followedChannels() == [b])
    }

    @Test("is read beside the owner, and changed by nobody else")
    func reader() async throws {
        let setup = try await RuntimeSetup()
        let owner = try setup.runtime()
        try await owner.follow(FollowedChannel("acme/a@stable"))
        let reader = try setup.runtime(.reader)
        #expect(try await reader.followedChannels().count == 1)
        await failing(.invalidRequest) {
            try await reader.unfollow(FollowedChannel("acme/a@stable"))
        }
    }

    @Test(
        "is named by a workspace, a bundle and a channel",
        arguments: [
            "", "a", "a/b", "a@b", "a/b/c@d", "a/b@c@d", "/b@c", "a/@c", "a/b@", "a/../b@c",
        ])
    func malformed(text: String) async {
        await failing(.invalidRequest) { _ = try FollowedChannel(text) }
    }

    @Test("a channel that is asked for is synced, followed, and current again after a restart")
    func following() async throws {
        let accepted = try await AcceptedSetup()
        let channel = try FollowedChannel("acme/\(accepted.bundle)@latest")
        let follower = ChannelFollower(RuntimeSource(accepted.runtime))
        let result = try await follower.sync(channel, deadline: .seconds(60))
        #expect(result.outcome == .unchanged)
        #expect(try await accepted.runtime.followedChannels() == [channel])
    }
}
