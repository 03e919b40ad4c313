import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("The status of channels")
struct StatusTests {
    private func only(_ runtime: WorkerRuntime) async throws -> ChannelStatus {
        let all = try await runtime.status()
        try #require(all.count == 1)
        return all[0]
    }

    @Test("a channel in service has no condition, and shows what and when")
    func good() async throws {
        let setup = try await RuntimeSetup()
        let clock = TestClock()
        try await setup.publish()
        let runtime = try setup.runtime(now: clock.now)
        let start = clock.now()
        let pin = try await runtime.sync(setup.bundle, on: .latest).pin
        clock.advance(by: 60)
        try await runtime.sync(setup.bundle, on: .latest)
        let status = try await only(runtime)
        #expect(status.accepted?.pin == pin && status.conditions == [])
        #expect(status.desired?.commit == pin.commit && status.attempted?.commit == pin.commit)
        #expect(status.desired?.sequence == 1 && status.desired?.digest == pin.digest)
        #expect(status.acceptedAt == start)
        #expect(status.attemptedAt == start.addingTimeInterval(60))
        #expect(status.contactedAt == start.addingTimeInterval(60))
        #expect(status.forgotten == nil)
        let reader = try setup.runtime(.reader, now: clock.now)
        #expect(try await only(reader).accepted?.pin == pin)
        #expect(try await reader.status(of: setup.bundle, on: ChannelID("other")).isEmpty)
    }

    @Test("a refused release stays visible with its code until a good one arrives")
    func refused() async throws {
        let accepted = try await AcceptedSetup()
        var release = accepted.next
        release.digest = "sha256:" + String(repeating: "0", count: 64)
        let commit = try await release.put(in: accepted.git)
        await failing(.digestMismatch) {
            try await accepted.runtime.sync(accepted.bundle, on: .latest)
        }
        var status = try await only(accepted.runtime)
        #expect(status.conditions.map(\.kind) == [.refused])
        #expect(status.conditions.map(\.reason) == ["digest_mismatch"])
        #expect(status.accepted?.pin == accepted.second)
        #expect(status.desired?.commit.hex == commit && status.desired?.sequence == 3)
        #expect(status.attempted?.commit.hex == commit)
        // A try that does not come so far says nothing about the release.
        try accepted.setup.writePolicy(repository: "/nowhere")
        await failing(.remoteUnavailable) {
            try await accepted.runtime.sync(accepted.bundle, on: .latest)
        }
        status = try await only(accepted.runtime)
        #expect(status.conditions.map(\.kind) == [.refused, .syncFailed])
        #expect(status.conditions.map(\.reason) == ["digest_mismatch", "remote_unavailable"])
        // Also for whoever looks later, from another process.
        #expect(
            try await only(accepted.setup.runtime(.reader)).conditions.map(\.kind)
                == [.refused, .syncFailed])
        try accepted.setup.writePolicy()
        try await accepted.expectRecovery()
        status = try await only(accepted.runtime)
        #expect(status.conditions == [])
        #expect(status.desired?.commit == status.accepted?.commit)
    }

    @Test("a replayed release is refused, and is not what is wanted")
    func replayed() async throws {
        let accepted = try await AcceptedSetup()
        try await accepted.git.check(
            "update-ref", "refs/heads/channels/support-agents/latest", accepted.first.commit.hex)
        await failing(.releaseReplayed) {
            try await accepted.runtime.sync(accepted.bundle, on: .latest)
        }
        let status = try await only(accepted.runtime)
        #expect(status.conditions.map(\.reason) == ["release_replayed"])
        #expect(status.desired?.commit == accepted.second.commit)
        #expect(status.attempted?.commit == accepted.first.commit)
    }

    @Test("a first release that is refused leaves a channel with nothing in service")
    func firstRefused() async throws {
        let setup = try await RuntimeSetup()
        var release = ForgedRelease()
        release.digest = "sha256:" + String(repeating: "0", count: 64)
        try await release.put(in: setup.git)
        let runtime = try setup.runtime()
        await failing(.digestMismatch) { try await runtime.sync(setup.bundle, on: .latest) }
        let status = try await only(runtime)
        #expect(status.accepted == nil && status.contactedAt == nil)
        #expect(status.conditions.map(\.reason) == ["digest_mismatch"])
    }

    @Test(
        "a contact that is too long ago is a condition, and refuses workers where that is asked",
        arguments: ["keep", "refuse_new_workers"])
    func stale(_ action: String) async throws {
        let setup = try await RuntimeSetup()
        try setup.writePolicy(workspace: "freshness: { limit: 1h, whenStale: \(action) }")
        let clock = TestClock()
        try await setup.publish()
        let runtime = try setup.runtime(now: clock.now)
        let pin = try await runtime.sync(setup.bundle, on: .latest).pin
        let contact = clock.now()
        func create(_ id: String) async throws -> CreatedWorker {
            try await runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID(id), selector: .named(ProfileID("coder")), pin: pin, input: ""))
        }
        clock.advance(by: 3600)
        #expect(try await only(runtime).conditions == [])
        _ = try await create("fresh")
        clock.advance(by: 1)
        let condition = try #require(try await only(runtime).conditions.first)
        #expect(condition.kind == .stale && condition.reason == "limit_passed")
        #expect(condition.since == contact.addingTimeInterval(3600))
        #expect(
            condition.message.hasPrefix("last verified contact is more than 3600 seconds ago; "))
        if action == "keep" {
            #expect(try await create("late").isNew)
        } else {
            let error = await failing(.runtimeStale) { try await create("late") }
            #expect(error?.details["reason"] == "limit_passed")
        }
        // A clock that went back proves nothing.
        clock.advance(by: -7200)
        let back = try #require(try await only(runtime).conditions.first)
        #expect(back.reason == "clock_went_back" && back.since == nil)
        #expect(back.message.hasPrefix("last verified contact lies in the future"))
        clock.advance(by: 7200)
        // A failed try is no contact, a good one is.
        try setup.writePolicy(
            workspace: "freshness: { limit: 1h, whenStale: \(action) }", repository: "/nowhere")
        await failing(.remoteUnavailable) { try await runtime.sync(setup.bundle, on: .latest) }
        #expect(try await only(runtime).conditions.map(\.kind) == [.stale, .syncFailed])
        try setup.writePolicy(workspace: "freshness: { limit: 1h, whenStale: \(action) }")
        try await runtime.sync(setup.bundle, on: .latest)
        #expect(try await only(runtime).conditions == [])
    }

    @Test("a file that brings nothing new is no contact, one that brings a release is")
    func staleImport() async throws {
        let setup = try await RuntimeSetup()
        try setup.writePolicy(workspace: "freshness: { limit: 1h, whenStale: keep }")
        let clock = TestClock()
        try await setup.publish()
        let runtime = try setup.runtime(now: clock.now)
        try await runtime.sync(setup.bundle, on: .latest)
        func file() async throws -> String {
            let file = setup.directory.appending("f.bundle").path(percentEncoded: false)
            try await setup.git.check(
                "bundle", "create", "--version=2", file,
                "refs/heads/channels/support-agents/latest")
            return file
        }
        clock.advance(by: 4000)
        #expect(try await runtime.importFile(file()).outcome == .unchanged)
        #expect(try await only(runtime).conditions.map(\.kind) == [.stale])
        try await setup.publish(.plain.saying("The second."))
        #expect(try await runtime.importFile(file()).outcome == .updated)
        #expect(try await only(runtime).conditions == [])
    }

    @Test("what the host policy denied at the last sync, and that it serves the bundle no more")
    func policy() async throws {
        let accepted = try await AcceptedSetup(.asking)
        var status = try await only(accepted.runtime)
        #expect(status.conditions.map(\.kind) == [.preflightDenied])
        #expect(status.conditions.first?.message.contains("coder") == true)
        try accepted.setup.write(policy: "schema: sheaf/host-policy/v1\nbuiltin: allow\n")
        status = try await only(accepted.runtime)
        #expect(status.conditions.map(\.kind) == [.preflightDenied, .notFollowed])
        try accepted.setup.write(policy: "schema: no\n")
        status = try await only(accepted.runtime)
        #expect(status.conditions.map(\.kind) == [.preflightDenied, .policyUnreadable])
        #expect(status.conditions.last?.reason == "host_policy_invalid")
    }

    @Test("of many profiles that the host policy denied the first, and how many more there are")
    func manyDenied() async throws {
        let profile = try #require(SampleBundle.asking.files["profiles/coder.yaml"])
        var profiles: [String: String] = [:]
        for number in 10..<35 {
            profiles["profiles/p\(number).yaml"] = String(decoding: profile, as: UTF8.self)
        }
        let accepted = try await AcceptedSetup(.asking.with(profiles))
        for _ in 0..<2 {
            let message = try #require(
                try await only(accepted.runtime).conditions.first { $0.kind == .preflightDenied }
            ).message
            #expect(message.hasSuffix("p27, p28 and 6 more"), "\(message)")
        }
        // What is remembered is not what a later sync wrote.
        try await StoreRows(accepted.setup).run("UPDATE channel SET preflight = '[]'")
        #expect(try await only(accepted.runtime).conditions == [])
    }

    @Test("what later rules find in a release that is in service")
    func findings() async throws {
        let setup = try await RuntimeSetup()
        // A release with a secret-like literal, as an earlier version's rules may have passed it.
        let bundle = SampleBundle.plain.with([
            "assets/settings.yaml": "database: { password: \"\(String("2retnuh".reversed()))\" }"
        ])
        var release = ForgedRelease(contents: bundle)
        release.digest = try bundle.digest.description
        let commit = try await release.put(in: setup.git)
        do { _ = try setup.runtime() }
        _ = try await GitOracle(bareRepositoryAt: setup.mirror())
        try await setup.mirrorGit().check(
            "fetch", "-q", setup.repositoryPath,
            "refs/heads/channels/support-agents/latest:refs/channels/latest")
        let pin = ConfigBundleRef(
            workspace: setup.workspace, bundle: try setup.bundle,
            commit: try #require(CommitID(commit)), digest: try bundle.digest)
        try await StoreRows(setup).rememberVerified(pin)
        let runtime = try setup.runtime()
        let status = try await only(runtime)
        #expect(status.accepted?.pin == pin)
        #expect(status.conditions.map(\.kind) == [.findings])
        #expect(status.conditions.map(\.reason) == ["forbidden_content"])
        let listed = try #require(try await runtime.acceptedReleases().first)
        #expect(!listed.findings.isEmpty)
    }

    @Test("what is in service and cannot be read is damaged, and other channels are shown")
    func damaged() async throws {
        let accepted = try await AcceptedSetup { setup in
            try Data("no id\n".utf8).write(
                to: setup.mirror().appending(path: "refs/channels/latest"))
        }
        let status = try await only(accepted.setup.runtime(.reader))
        #expect(status.conditions.map(\.kind) == [.damaged])
    }
}
