import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("What is kept of channels of which nothing ever came into service")
struct UnacceptedChannelTests {
    @Test("a request that fails leaves nothing, whatever it failed with")
    func nothing() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let runtime = try setup.runtime()
        for number in 0..<5 {
            await failing(.notFound) {
                try await runtime.sync(setup.bundle, on: ChannelID("none-\(number)"))
            }
        }
        try setup.writePolicy(repository: setup.repositoryPath + "-gone.git")
        for number in 0..<5 {
            await failing(.remoteUnavailable) {
                try await runtime.sync(setup.bundle, on: ChannelID("gone-\(number)"))
            }
        }
        try setup.writePolicy(workspace: "", repository: setup.repositoryPath)
        await failing(.hostPolicyDenied) {
            try await runtime.sync(
                setup.bundle, on: .latest, workspace: WorkspaceID("umbrella"))
        }
        let rows = try StoreRows(setup)
        #expect(try await rows.texts("SELECT channel FROM channel") == [])
        #expect(try await rows.texts("SELECT channel FROM refusal") == [])
        #expect(try await runtime.status().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: setup.mirror().path()))
    }

    @Test("a channel that is followed and not there shows, with its last try and the code")
    func configured() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let moment = Date(timeIntervalSince1970: 1_700_000_000)
        let runtime = try setup.runtime(now: { moment })
        let none = try FollowedChannel("acme/support-agents@none")
        try await runtime.follow(configured: [none])
        let before = try #require(try await runtime.status().first)
        #expect(before.channel == none.channel && before.followed == .configuration)
        #expect(before.attemptedAt == nil && before.accepted == nil && before.desired == nil)
        await failing(.notFound) {
            try await runtime.sync(none.bundle, on: none.channel, workspace: none.workspace)
        }
        let after = try #require(try await runtime.status().first)
        #expect(after.attemptedAt == moment && after.followed == .configuration)
        #expect(after.conditions.map(\.kind) == [.syncFailed])
        #expect(after.conditions.map(\.reason) == ["not_found"])
        try await runtime.follow(configured: [])
        #expect(try await runtime.status().isEmpty)
    }

    @Test("a channel that the host policy does not serve shows while the configuration names it")
    func notServed() async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        try await runtime.follow(configured: [FollowedChannel("umbrella/agents@stable")])
        let status = try #require(try await runtime.status().first)
        #expect(status.conditions.map(\.kind) == [.notFollowed])
        #expect(status.conditions.map(\.reason) == ["host_policy_denied"])
    }

    @Test("of channels that were offered and refused so many are kept, the latest ones")
    func bound() async throws {
        let setup = try await RuntimeSetup()
        let release = try #require(try await setup.publish().release)
        let runtime = try setup.runtime()
        // Another channel's release, so that each is refused.
        for number in 0..<70 {
            try await setup.git.check(
                "update-ref", "refs/heads/channels/support-agents/c\(number)", release.commit.hex)
            await failing(.workspaceMismatch) {
                try await runtime.sync(setup.bundle, on: ChannelID("c\(number)"))
            }
        }
        let rows = try StoreRows(setup)
        let kept = Set(try await rows.texts("SELECT channel FROM channel"))
        #expect(kept == Set((6..<70).map { "c\($0)" }))
        #expect(Set(try await rows.texts("SELECT channel FROM refusal")) == kept)
        #expect(try await runtime.status().count == 64)
        try await runtime.sync(setup.bundle, on: .latest)
        #expect(try await runtime.status().count == 65)
    }
}
