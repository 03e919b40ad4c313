import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("Synced mode")
struct SyncedModeTests {
    private func create(
        _ accepted: AcceptedSetup, _ selector: String, _ pin: ConfigBundleRef
    ) async throws -> WorkerView {
        try await accepted.runtime.createWorker(
            CreateWorkerRequest(
                id: try WorkerID("one"), selector: try ProfileSelector(selector), pin: pin,
                input: "look at ticket 12")
        ).worker
    }

    @Test(
        "synced mode: the profile comes from the pinned commit",
        arguments: [("coder", "coder"), ("named:reader", "reader"), ("", "coder")])
    func pinned(_ selector: String, _ profile: String) async throws {
        let accepted = try await AcceptedSetup()
        let worker = try await create(accepted, selector, accepted.second)
        #expect(worker.mode == .synced)
        #expect(worker.pin == accepted.second)
        #expect(worker.profile == profile)
    }

    @Test("synced mode: an older accepted release can be pinned, and has its own contents")
    func older() async throws {
        let accepted = try await AcceptedSetup()
        let worker = try await create(accepted, "coder", accepted.first)
        #expect(worker.pin == accepted.first)
        let prompt = try BundlePath("prompts/system.md")
        #expect(
            try await accepted.runtime.contents(of: accepted.first).file(prompt)
                == Array("You fix tickets.\n".utf8))
    }

    @Test("synced mode: a builtin profile cannot be selected, but can be extended by name")
    func builtin() async throws {
        let accepted = try await AcceptedSetup()
        await failing(.invalidProfileSelector) {
            try await create(accepted, "builtin:coder", accepted.second)
        }
        // profiles/coder.yaml extends builtin:coder.
        let worker = try await create(accepted, "coder", accepted.second)
        #expect(worker.mode == .synced)
        let contents = try await accepted.runtime.contents(of: accepted.second)
        let resolved = try ProfileResolver(
            documents: contents.documents, builtins: BuiltinProfiles.all
        ).resolve(.bundleDefault)
        #expect(resolved.lineage.map(\.description) == ["builtin:coder", "coder"])
        #expect(worker.profileDigest == resolved.digest)
    }

    @Test("synced mode: a profile that the bundle does not have is never looked for elsewhere")
    func missingProfile() async throws {
        let accepted = try await AcceptedSetup()
        await failing(.invalidProfileSelector) {
            try await create(accepted, "companion", accepted.second)
        }
    }

    @Test("synced mode: a missing bundle never falls back to a builtin profile")
    func missingBundle() async throws {
        let setup = try await RuntimeSetup()
        let published = try await setup.publish()
        let runtime = try setup.runtime()
        let pin = try #require(published.release?.pin)
        for selector in ["coder", "", "named:coder"] {
            await failing(.bundleMissing) {
                try await runtime.createWorker(
                    CreateWorkerRequest(
                        id: WorkerID("one"), selector: ProfileSelector(selector), pin: pin,
                        input: ""))
            }
        }
        #expect(try await runtime.workers().isEmpty)
    }

    @Test("synced mode: a pin of something that is no accepted release is bundle_missing")
    func wrongCommits() async throws {
        let accepted = try await AcceptedSetup()
        let git = accepted.setup.mirrorGit()
        let tree = try await git.text("rev-parse", "\(accepted.second.commit)^{tree}")
        let blob = try await git.text("rev-parse", "\(accepted.second.commit):bundle.yaml")
        let revision = try await accepted.git.commit("refs/heads/bundles/support-agents")
        // The revision's own commit, also when it is in the mirror's object database.
        let bare = try await accepted.next.commit(in: git)
        for text in [tree, blob, revision, bare, String(repeating: "0", count: 40)] {
            let pin = ConfigBundleRef(
                workspace: accepted.second.workspace, bundle: accepted.bundle,
                commit: try #require(CommitID(text)), digest: accepted.second.digest)
            await failing(.bundleMissing) { try await create(accepted, "coder", pin) }
            guard case .missing = try await accepted.runtime.availability(pin) else {
                Issue.record("\(text) is available")
                continue
            }
        }
        try await git.check("fetch", "--quiet", accepted.setup.repositoryPath, revision)
        let pin = ConfigBundleRef(
            workspace: accepted.second.workspace, bundle: accepted.bundle,
            commit: try #require(CommitID(revision)), digest: accepted.second.digest)
        let error = await failing(.bundleMissing) { try await create(accepted, "coder", pin) }
        #expect(error?.hint?.contains("never a revision") == true)
    }

    @Test("synced mode: a pin with another digest is digest_mismatch")
    func digest() async throws {
        let accepted = try await AcceptedSetup()
        let pin = ConfigBundleRef(
            workspace: accepted.second.workspace, bundle: accepted.bundle,
            commit: accepted.second.commit, digest: accepted.first.digest)
        let error = await failing(.digestMismatch) { try await create(accepted, "coder", pin) }
        #expect(error?.details["expected"] == accepted.first.digest.description)
        #expect(error?.details["actual"] == accepted.second.digest.description)
        guard case .digestMismatch = try await accepted.runtime.availability(pin) else {
            Issue.record("not a mismatch")
            return
        }
        // Also when the right pin was used before.
        _ = try await accepted.runtime.contents(of: accepted.second)
        await failing(.digestMismatch) { try await accepted.runtime.contents(of: pin) }
    }

    @Test("synced mode: a workspace or bundle that the host does not serve is host_policy_denied")
    func notServed() async throws {
        let accepted = try await AcceptedSetup()
        let other = ConfigBundleRef(
            workspace: try WorkspaceID("other"), bundle: accepted.bundle,
            commit: accepted.second.commit, digest: accepted.second.digest)
        await failing(.hostPolicyDenied) { try await create(accepted, "coder", other) }
        // The policy decides when the worker is asked for, not when the bundle was synced.
        try accepted.setup.write(
            policy: """
                schema: sheaf/host-policy/v1
                builtin: allow
                workspaces: { acme: { repository: /a, bundles: [other-agents] } }
                """)
        await failing(.hostPolicyDenied) { try await create(accepted, "coder", accepted.second) }
    }

    @Test("synced mode: bundleRequired asks for nothing more than a pin")
    func bundleRequired() async throws {
        let accepted = try await AcceptedSetup()
        try accepted.setup.writePolicy("", workspace: "bundleRequired: true")
        #expect(try await create(accepted, "coder", accepted.second).mode == .synced)
    }

    @Test("synced mode: every denied grant is listed, and no worker is made")
    func denied() async throws {
        let accepted = try await AcceptedSetup(.asking)
        let error = await failing(.hostPolicyDenied) {
            try await create(accepted, "coder", accepted.second)
        }
        #expect(error?.findings.count == 8)
        #expect(try await accepted.runtime.workers().isEmpty)
        let pins = try await accepted.setup.mirrorGit().lines("for-each-ref", "refs/pins")
        #expect(pins == [])
    }

    @Test("synced mode: a required capability that is not granted refuses the worker")
    func capability() async throws {
        let accepted = try await AcceptedSetup(.asking)
        try accepted.setup.writePolicy(PolicyDecisionTests.generous)
        func request(_ id: String, _ capability: String) throws -> CreateWorkerRequest {
            CreateWorkerRequest(
                id: try WorkerID(id), selector: .bundleDefault, pin: accepted.second,
                intent: WorkerIntent(input: ""),
                requiredCapabilities: [try DeclarationReference(capability: capability)])
        }
        await failing(.hostPolicyDenied) {
            try await accepted.runtime.createWorker(request("one", "release"))
        }
        let created = try await accepted.runtime.createWorker(request("two", "triage"))
        #expect(created.worker.grants.granted.contains("capability:triage"))
    }

    @Test("synced mode: a stale bundle gives no new worker where the host policy says so")
    func stale() async throws {
        let setup = try await RuntimeSetup()
        let clock = TestClock()
        try setup.writePolicy(
            workspace: "freshness: { limit: 1h, whenStale: refuse_new_workers }")
        try await setup.publish()
        let runtime = try setup.runtime(now: clock.now)
        let bundle = try setup.bundle
        let pin = try await runtime.sync(bundle, on: .latest).pin
        func create(_ id: String) async throws -> CreatedWorker {
            try await runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID(id), selector: .bundleDefault, pin: pin, input: ""))
        }
        clock.advance(by: 3600)
        _ = try await create("one")
        clock.advance(by: 1)
        let error = await failing(.runtimeStale) { try await create("two") }
        #expect(error?.hint == "sheaf runtime sync support-agents@latest")
        // A worker that is there is still told of, and stopped.
        #expect(try await !create("one").isNew)
        try setup.writePolicy(workspace: "freshness: { limit: 1h }")
        _ = try await create("three")
        try setup.writePolicy(
            workspace: "freshness: { limit: 1h, whenStale: refuse_new_workers }")
        try await runtime.sync(bundle, on: .latest)
        _ = try await create("four")
    }

    @Test("synced mode: a contact in the future, of a clock that was wrong, keeps nothing fresh")
    func contactInTheFuture() async throws {
        let setup = try await RuntimeSetup()
        let clock = TestClock()
        try setup.writePolicy(
            workspace: "freshness: { limit: 1h, whenStale: refuse_new_workers }")
        try await setup.publish()
        let runtime = try setup.runtime(now: clock.now)
        let bundle = try setup.bundle
        let pin = try await runtime.sync(bundle, on: .latest).pin
        clock.advance(by: -1)
        await failing(.runtimeStale) {
            try await runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID("one"), selector: .bundleDefault, pin: pin, input: ""))
        }
        try await runtime.sync(bundle, on: .latest)
        try await runtime.createWorker(
            CreateWorkerRequest(
                id: WorkerID("one"), selector: .bundleDefault, pin: pin, input: ""))
    }

    @Test("synced mode: a failed sync is no contact")
    func staleAfterFailure() async throws {
        let setup = try await RuntimeSetup()
        let clock = TestClock()
        try setup.writePolicy(
            workspace: "freshness: { limit: 1h, whenStale: refuse_new_workers }")
        try await setup.publish()
        let runtime = try setup.runtime(now: clock.now)
        let bundle = try setup.bundle
        let pin = try await runtime.sync(bundle, on: .latest).pin
        clock.advance(by: 3601)
        try await setup.git.check(
            "update-ref", "-d", "refs/heads/channels/support-agents/latest")
        await failing(.notFound) { try await runtime.sync(bundle, on: .latest) }
        await failing(.runtimeStale) {
            try await runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID("one"), selector: .bundleDefault, pin: pin, input: ""))
        }
    }
}
