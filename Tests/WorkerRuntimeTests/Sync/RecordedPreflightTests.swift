import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("The recorded outcome of a preflight")
struct RecordedPreflightTests {
    @Test("is what the sync said, for every later look at the release")
    func recorded() async throws {
        let accepted = try await AcceptedSetup(.asking)
        let result = try await accepted.runtime.sync(accepted.bundle, on: .latest)
        let outcomes = result.profiles
        #expect(outcomes.map(\.profile.rawValue) == ["coder", "reader"])
        #expect(outcomes.map(\.isAllowed) == [false, true])
        #expect(outcomes.first?.dropped.count == 1)
        let reader = try accepted.setup.runtime(.reader)
        #expect(try await reader.acceptedReleases().first?.profiles == outcomes)
    }

    @Test("is renewed by a sync that finds no new release, under the policy of then")
    func renewed() async throws {
        let accepted = try await AcceptedSetup(.asking)
        try accepted.setup.writePolicy(PolicyDecisionTests.generous)
        try await accepted.runtime.sync(accepted.bundle, on: .latest)
        let profiles = try #require(
            try await accepted.runtime.acceptedReleases().first?.profiles)
        #expect(profiles.map(\.isAllowed) == [true, true])
    }

    @Test("survives a failed sync, for the release that is still in service")
    func failed() async throws {
        let accepted = try await AcceptedSetup(.asking)
        let before = try await accepted.runtime.acceptedReleases().first?.profiles
        try await accepted.git.check(
            "update-ref", "-d", "refs/heads/channels/support-agents/latest")
        await failing(.notFound) {
            try await accepted.runtime.sync(accepted.bundle, on: .latest)
        }
        #expect(before?.count == 2)
        #expect(try await accepted.runtime.acceptedReleases().first?.profiles == before)
    }

    @Test("that cannot be read is store_corrupt")
    func damaged() async throws {
        let accepted = try await AcceptedSetup()
        try await StoreRows(accepted.setup).run("UPDATE channel SET preflight = '[{}]'")
        await failing(.storeCorrupt) { try await accepted.runtime.acceptedReleases() }
    }
}
