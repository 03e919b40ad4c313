import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("Sync of a channel")
struct SyncTests {
    @Test("the first release is accepted, and nothing is left behind")
    func accepted() async throws {
        let setup = try await RuntimeSetup()
        let published = try await setup.publish()
        let runtime = try setup.runtime()
        let result = try await runtime.sync(setup.bundle, on: .latest)
        #expect(result.outcome == .accepted)
        #expect(result.previous == nil)
        #expect(result.release.sequence == 1)
        #expect(result.pin == published.release?.pin)
        #expect(result.objects > 0)
        #expect(result.bytes > 0)
        #expect(try result.pin.digest == SampleBundle.plain.digest)
        let head = try await setup.mirrorGit().commit("refs/channels/latest")
        #expect(head == result.pin.commit.hex)
        #expect(try await setup.leftovers() == [])
        try await setup.mirrorGit().check("fsck", "--full", "--strict")
        #expect(try await runtime.pin(setup.bundle, on: .latest) == result.pin)
    }
}
