import BundleModel
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("The policy in force while its file is edited")
struct PolicyInForceTests {
    private static func create(
        _ id: String, with runtime: WorkerRuntime
    ) async throws -> CreatedWorker {
        try await runtime.createWorker(
            CreateWorkerRequest(
                id: WorkerID(id), selector: .builtin(ProfileID("coder")), pin: nil, input: "x"))
    }

    @Test("what the owner changes holds for the next worker, without a restart")
    func changed() async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        _ = try await Self.create("one", with: runtime)
        let before = try await runtime.reloadPolicy()
        try setup.writePolicy("builtin: deny")
        #expect(try await runtime.reloadPolicy() != before)
        await failing(.hostPolicyDenied) { _ = try await Self.create("two", with: runtime) }
        #expect(await runtime.policyProblem == nil)
    }

    @Test("a slip of the pen leaves the policy before it in force, and is told")
    func broken() async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        let digest = try await runtime.reloadPolicy()
        try setup.write(policy: "schema: sheaf/host-policy/v1\nbuildin: allow\nworkspace: x\n")
        _ = try await Self.create("one", with: runtime)
        let problem = try #require(await runtime.policyProblem)
        #expect(problem.code == .hostPolicyInvalid)
        #expect(problem.findings.count == 2, "every finding is kept")
        await failing(.hostPolicyInvalid) { try await runtime.reloadPolicy() }
        try setup.writePolicy()
        #expect(try await runtime.reloadPolicy() == digest)
        #expect(await runtime.policyProblem == nil)
    }

    @Test("a runtime that starts with a broken policy has none")
    func brokenFromTheStart() async throws {
        let setup = try await RuntimeSetup()
        try setup.write(policy: "schema: sheaf/host-policy/v1\nbuildin: allow\n")
        let runtime = try setup.runtime()
        await failing(.hostPolicyInvalid) { _ = try await Self.create("one", with: runtime) }
        #expect(try await runtime.workers().isEmpty)
    }

    @Test("a policy that is gone or that others can write to is refused at once")
    func untrusted() async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        _ = try await Self.create("one", with: runtime)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o622], ofItemAtPath: setup.policy)
        await failing(.hostPolicyInvalid) { _ = try await Self.create("two", with: runtime) }
        try FileManager.default.removeItem(atPath: setup.policy)
        await failing(.hostPolicyInvalid) { _ = try await Self.create("two", with: runtime) }
        #expect(try await runtime.workers().count == 1)
    }

    @Test("each worker's record names the policy that it was created under")
    func recorded() async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        _ = try await Self.create("one", with: runtime)
        try setup.writePolicy("builtin: allow # again")
        _ = try await Self.create("two", with: runtime)
        let rows = try StoreRows(setup)
        let digests = try await rows.texts("SELECT policyDigest FROM worker ORDER BY id")
        #expect(Set(digests).count == 2)
        #expect(digests.last == (try await runtime.reloadPolicy()).hex)
    }
}
