import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("A sync from a repository that does not answer")
struct StalledSyncTests {
    @Test("ends at its deadline and keeps the accepted release in service")
    func deadline() async throws {
        let accepted = try await AcceptedSetup()
        _ = try await StalledRepository(accepted.git.program.directory)
        await failing(.deadlineExceeded) {
            try await accepted.runtime.sync(
                accepted.bundle, on: .latest, deadline: .milliseconds(200))
        }
        let release = try #require(try await accepted.runtime.acceptedReleases().first)
        #expect(release.pin == accepted.second)
        #expect(release.failure == .deadlineExceeded)
        #expect(try await accepted.setup.leftovers() == [])
    }

    @Test("ends when its task is cancelled and keeps the accepted release in service")
    func cancelled() async throws {
        let accepted = try await AcceptedSetup()
        let stalled = try await StalledRepository(accepted.git.program.directory)
        let sync = Task { try await accepted.runtime.sync(accepted.bundle, on: .latest) }
        let handle = try await stalled.asked()
        sync.cancel()
        await failing(.cancelled) { try await sync.value }
        try handle.close()
        let release = try #require(try await accepted.runtime.acceptedReleases().first)
        #expect(release.pin == accepted.second)
        #expect(release.failure == .cancelled)
        #expect(try await accepted.setup.leftovers() == [])
    }

    @Test("a task that was cancelled before does not ask at all")
    func cancelledBefore() async throws {
        let accepted = try await AcceptedSetup()
        let sync = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await accepted.runtime.sync(accepted.bundle, on: .latest)
        }
        sync.cancel()
        await failing(.cancelled) { try await sync.value }
    }

    @Test("holds up neither a worker nor a look at the store")
    func others() async throws {
        let accepted = try await AcceptedSetup()
        let runtime = accepted.runtime
        let stalled = try await StalledRepository(accepted.git.program.directory)
        let sync = Task { try await runtime.sync(accepted.bundle, on: .latest) }
        let handle = try await stalled.asked()
        let created = try await runtime.createWorker(
            CreateWorkerRequest(
                id: WorkerID("one"), selector: .named(ProfileID("coder")), pin: accepted.second,
                input: "go on"))
        #expect(created.isNew)
        #expect(try await runtime.acceptedReleases().count == 1)
        try await runtime.stopWorker(WorkerID("one"))
        try handle.close()
        #expect(try await sync.value.outcome == .unchanged)
    }

    @Test("holds up no sync of another bundle")
    func otherBundle() async throws {
        let accepted = try await AcceptedSetup()
        let runtime = accepted.runtime
        let lab = try await RuntimeSetup(workspace: "lab")
        try await lab.publish(.plain.named("lab-agents", workspace: "lab"))
        try accepted.setup.writePolicy(
            before: "  lab: { repository: \"\(lab.repositoryPath)\", bundles: [lab-agents] }")
        let stalled = try await StalledRepository(accepted.git.program.directory)
        let sync = Task {
            try await runtime.sync(
                accepted.bundle, on: .latest, workspace: WorkspaceID("acme"))
        }
        let handle = try await stalled.asked()
        let other = try await runtime.sync(
            BundleID("lab-agents"), on: .latest, workspace: lab.workspace)
        #expect(other.outcome == .accepted)
        try handle.close()
        #expect(try await sync.value.outcome == .unchanged)
    }

    @Test("makes another sync of the bundle wait until that one's own deadline, or its end")
    func waiting() async throws {
        let accepted = try await AcceptedSetup()
        let runtime = accepted.runtime
        let stable = try ChannelID("stable")
        let stalled = try await StalledRepository(accepted.git.program.directory)
        let sync = Task { try await runtime.sync(accepted.bundle, on: .latest) }
        let handle = try await stalled.asked()
        await failing(.deadlineExceeded) {
            try await runtime.sync(accepted.bundle, on: stable, deadline: .milliseconds(200))
        }
        let other = Task { try await runtime.sync(accepted.bundle, on: stable) }
        other.cancel()
        await failing(.cancelled) { try await other.value }
        try stalled.recover()
        try handle.close()
        #expect(try await sync.value.outcome == .unchanged)
        // The turn was given back.
        #expect(try await runtime.sync(accepted.bundle, on: .latest).outcome == .unchanged)
    }

    @Test("what was fetched of another channel stays until that is accepted")
    func incoming() async throws {
        let accepted = try await AcceptedSetup()
        let git = accepted.setup.mirrorGit()
        try await git.check("update-ref", "refs/incoming/latest-2", accepted.second.commit.hex)
        try await accepted.runtime.sync(accepted.bundle, on: .latest)
        #expect(
            try await git.lines("for-each-ref", "--format=%(refname)", "refs/incoming")
                == ["refs/incoming/latest-2"])
    }

    @Test("of two syncs of one channel at once both succeed, and the newest release is in service")
    func two() async throws {
        let accepted = try await AcceptedSetup()
        let commit = try await accepted.next.put(in: accepted.git)
        async let one = accepted.runtime.sync(accepted.bundle, on: .latest)
        async let two = accepted.runtime.sync(accepted.bundle, on: .latest)
        let results = try await [one, two]
        #expect(results.allSatisfy { $0.pin.commit.hex == commit })
        #expect(Set(results.map(\.outcome)) == [.updated, .unchanged])
        #expect(try await accepted.setup.leftovers() == [])
    }
}
