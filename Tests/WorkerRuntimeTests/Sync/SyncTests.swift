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
        let accepted = try await runtime.acceptedReleases()
        #expect(accepted.map(\.pin) == [result.pin])
        #expect(accepted.first?.failure == nil)
        #expect(try await runtime.availability(result.pin) == .available)
    }

    @Test("a second sync finds nothing new and transfers nothing")
    func unchanged() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let runtime = try setup.runtime()
        let first = try await runtime.sync(setup.bundle, on: .latest)
        let second = try await runtime.sync(setup.bundle, on: .latest)
        #expect(second.outcome == .unchanged)
        #expect(second.release == first.release)
        #expect(second.previous == first.release)
        #expect(second.objects == 0)
    }

    @Test("a release with other contents comes into service, and only what changed is transferred")
    func updated() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let runtime = try setup.runtime()
        let first = try await runtime.sync(setup.bundle, on: .latest)
        try await setup.publish(.plain.saying("You fix more tickets."))
        let second = try await runtime.sync(setup.bundle, on: .latest)
        #expect(second.outcome == .updated)
        #expect(second.previous?.commit == first.release.commit)
        #expect(second.release.sequence == 2)
        #expect(second.pin.digest != first.pin.digest)
        // The release, its root tree, the tree of prompts and the prompt.
        #expect(second.objects == 4)
        #expect(try await runtime.pin(setup.bundle, on: .latest) == second.pin)
        // The older release is still part of the channel's chain.
        #expect(try await runtime.availability(first.pin) == .available)
    }

    @Test("several releases at once are followed one by one")
    func several() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let runtime = try setup.runtime()
        try await runtime.sync(setup.bundle, on: .latest)
        for number in 2...5 { try await setup.publish(.plain.saying("Number \(number).")) }
        let result = try await runtime.sync(setup.bundle, on: .latest)
        #expect(result.outcome == .updated)
        #expect(result.release.sequence == 5)
    }

    @Test("a rollback to the same contents moves the pin and activates nothing")
    func moved() async throws {
        let setup = try await RuntimeSetup()
        let bundle = try setup.bundle
        let first = try await setup.publish()
        try await setup.publish(.plain.saying("Worse."))
        try await setup.publish()
        let runtime = try setup.runtime()
        let accepted = try await runtime.sync(bundle, on: .latest)
        #expect(accepted.release.sequence == 3)
        // Revision 1 has the contents of revision 3.
        let back = try await setup.repository.rollback(
            bundle, .latest, to: BundleReference("support-agents@\(first.revision.number)"),
            reason: "back to the first", identityFrom: setup.source)
        let result = try await runtime.sync(bundle, on: .latest)
        #expect(result.outcome == .moved)
        #expect(result.pin == back.pin)
        #expect(result.pin.commit != accepted.pin.commit)
        #expect(result.pin.digest == accepted.pin.digest)
        #expect(try await runtime.pin(bundle, on: .latest) == back.pin)
    }

    @Test("a rollback to other contents is an update with a higher number")
    func rolledBack() async throws {
        let setup = try await RuntimeSetup()
        let bundle = try setup.bundle
        let first = try await setup.publish()
        try await setup.publish(.plain.saying("Worse."))
        let runtime = try setup.runtime()
        try await runtime.sync(bundle, on: .latest)
        _ = try await setup.repository.rollback(
            bundle, .latest, to: BundleReference("support-agents@1"), reason: "worse",
            identityFrom: setup.source)
        let result = try await runtime.sync(bundle, on: .latest)
        #expect(result.outcome == .updated)
        #expect(result.release.sequence == 3)
        #expect(result.pin.digest == first.revision.digest)
    }

    @Test("channels of one bundle are followed each on its own")
    func channels() async throws {
        let setup = try await RuntimeSetup()
        let bundle = try setup.bundle
        let stable = try ChannelID("stable")
        try await setup.publish(.plain, channel: stable)
        let second = try await setup.publish(.plain.saying("Newer."))
        let runtime = try setup.runtime()
        let onStable = try await runtime.sync(bundle, on: stable)
        let onLatest = try await runtime.sync(bundle, on: .latest)
        #expect(onStable.outcome == .accepted)
        #expect(onLatest.outcome == .accepted)
        #expect(onLatest.pin.digest == second.revision.digest)
        #expect(onStable.pin.digest != onLatest.pin.digest)
        #expect(
            try await runtime.acceptedReleases().map(\.release.channel.rawValue)
                == ["latest", "stable"])
        let refs = try await setup.mirrorGit().lines("for-each-ref", "--format=%(refname)")
        #expect(refs == ["refs/channels/latest", "refs/channels/stable"])
    }

    @Test("nothing but the channel's own releases is transferred: no revision, no other bundle")
    func onlyTheChannel() async throws {
        let setup = try await RuntimeSetup()
        let published = try await setup.publish()
        try await setup.publish(.plain.named("other-agents"))
        let runtime = try setup.runtime()
        try await runtime.sync(setup.bundle, on: .latest)
        let commits = try await setup.mirrorGit().lines(
            "cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)")
        #expect(
            commits.filter { $0.hasPrefix("commit ") }
                == ["commit \(published.release?.commit.hex ?? "")"])
    }

    @Test("what would be denied to each profile is told, with the profiles that could start")
    func preflight() async throws {
        let setup = try await RuntimeSetup()
        try setup.writePolicy(
            PolicyDecisionTests.generous.replacing("access: write", with: "access: read")
                .replacing("secret:tracker", with: "secret:other"))
        try await setup.publish(
            .asking.with([
                "profiles/lost.yaml": """
                schema: sheaf/profile/v1
                extends: builtin:nobody
                """
            ]))
        let result = try await setup.runtime().sync(setup.bundle, on: .latest)
        #expect(result.profiles.map(\.profile.rawValue) == ["coder", "lost", "reader"])
        try #require(result.profiles.count == 3)
        let coder = result.profiles[0]
        #expect(!coder.isAllowed)
        #expect(coder.denied.map(\.subject) == ["mount:checkout"])
        #expect(coder.denied.map(\.reason) == [.accessExceeded])
        #expect(coder.dropped.map(\.subject) == ["secret:tracker/api-token"])
        #expect(coder.failure == nil)
        #expect(result.profiles[1].failure?.code == .invalidProfileSelector)
        #expect(!result.profiles[1].isAllowed)
        #expect(result.profiles[2].isAllowed)
    }

    @Test("the workspace is found by itself where one serves the bundle, and asked for otherwise")
    func workspaces() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        try setup.writePolicy(
            workspace: "", before: "  other: { repository: /nowhere, bundles: [support-agents] }")
        let runtime = try setup.runtime()
        let bundle = try setup.bundle
        await failing(.invalidRequest) { try await runtime.sync(bundle, on: .latest) }
        let result = try await runtime.sync(bundle, on: .latest, workspace: setup.workspace)
        #expect(result.outcome == .accepted)
        #expect(try await runtime.pin(bundle, on: .latest) == result.pin)
    }

    @Test("bundles of one name in two workspaces are kept apart")
    func sameName() async throws {
        let acme = try await RuntimeSetup()
        let minato = try await RuntimeSetup(workspace: "minato")
        try await acme.publish()
        try await minato.publish(
            .plain.saying("Of Minato.").named("support-agents", workspace: "minato"))
        try acme.writePolicy(
            before: "  minato: { repository: \"\(minato.repositoryPath)\", bundles: [\"*\"] }")
        let runtime = try acme.runtime()
        let bundle = try acme.bundle
        let first = try await runtime.sync(bundle, on: .latest, workspace: acme.workspace).pin
        let second = try await runtime.sync(bundle, on: .latest, workspace: minato.workspace).pin
        #expect(first.digest != second.digest)
        await failing(.invalidRequest) { try await runtime.pin(bundle, on: .latest) }
        #expect(
            try await runtime.pin(bundle, on: .latest, workspace: acme.workspace) == first)
        #expect(
            try await runtime.pin(bundle, on: .latest, workspace: minato.workspace) == second)
        // A pin that mixes the two is of neither.
        let mixed = ConfigBundleRef(
            workspace: acme.workspace, bundle: bundle, commit: second.commit, digest: second.digest)
        await failing(.bundleMissing) { try await runtime.contents(of: mixed) }
    }

    @Test("a repository of another workspace under this one's name is refused")
    func otherWorkspace() async throws {
        let minato = try await RuntimeSetup(workspace: "minato")
        try await minato.publish(.plain.named("support-agents", workspace: "minato"))
        let acme = try await RuntimeSetup()
        try acme.writePolicy(repository: minato.repositoryPath)
        let runtime = try acme.runtime()
        let bundle = try acme.bundle
        let error = await failing(.workspaceMismatch) {
            try await runtime.sync(bundle, on: .latest)
        }
        #expect(error?.details == ["expected": "acme", "actual": "minato"])
    }

    @Test("the times of the last attempt, contact and acceptance are recorded apart")
    func times() async throws {
        let setup = try await RuntimeSetup()
        let clock = TestClock()
        try await setup.publish()
        let runtime = try setup.runtime(now: clock.now)
        let bundle = try setup.bundle
        try await runtime.sync(bundle, on: .latest)
        let start = clock.now()
        clock.advance(by: 60)
        try await runtime.sync(bundle, on: .latest)
        var accepted = try #require(try await runtime.acceptedReleases().first)
        #expect(accepted.acceptedAt == start)
        #expect(accepted.contactedAt == start.addingTimeInterval(60))
        clock.advance(by: 60)
        try setup.writePolicy("", workspace: "", repository: setup.directory.path + "/nowhere.git")
        await failing(.remoteUnavailable) { try await runtime.sync(bundle, on: .latest) }
        accepted = try #require(try await runtime.acceptedReleases().first)
        #expect(accepted.acceptedAt == start)
        #expect(accepted.contactedAt == start.addingTimeInterval(60))
        #expect(accepted.failure == .remoteUnavailable)
    }
}
