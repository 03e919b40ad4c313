import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("Builtin mode")
struct BuiltinModeTests {
    private func request(
        _ selector: String, id: String = "one", capabilities: [String] = []
    ) throws -> CreateWorkerRequest {
        CreateWorkerRequest(
            id: try WorkerID(id), selector: try ProfileSelector(selector), pin: nil,
            intent: WorkerIntent(input: "look around"),
            requiredCapabilities: try capabilities.map { try DeclarationReference(capability: $0) })
    }

    @Test(
        "builtin mode: each builtin profile gives a worker where the host policy allows it",
        arguments: ["companion", "coder", "reviewer", "orchestrator", "intake"])
    func allowed(_ name: String) async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        let created = try await runtime.createWorker(request("builtin:\(name)"))
        #expect(created.isNew)
        #expect(created.worker.mode == .builtin)
        #expect(created.worker.pin == nil)
        #expect(created.worker.profile == "builtin:\(name)")
        #expect(created.worker.grants.granted.isEmpty && created.worker.grants.dropped.isEmpty)
        #expect(
            !FileManager.default.fileExists(
                atPath: setup.directory.path + "/store/bundles"))
    }

    @Test("builtin mode: the host policy denies it, and says who can change that")
    func denied() async throws {
        let setup = try await RuntimeSetup()
        for rest in ["builtin: deny", ""] {
            try setup.writePolicy(rest)
            let runtime = try setup.runtime()
            let error = await failing(.hostPolicyDenied) {
                try await runtime.createWorker(request("builtin:coder"))
            }
            #expect(error?.hint?.contains("builtin: allow") == true)
            #expect(try await runtime.workers().isEmpty)
        }
    }

    @Test("builtin mode: a workspace of the host that requires bundles leaves no way around it")
    func bundleRequired() async throws {
        let setup = try await RuntimeSetup()
        try setup.writePolicy(workspace: "bundleRequired: true")
        let runtime = try setup.runtime()
        let error = await failing(.bundleRequired) {
            try await runtime.createWorker(request("builtin:coder"))
        }
        #expect(error?.message.contains("acme") == true)
    }

    @Test(
        "builtin mode: a profile of a bundle without a pin is bundle_required, even one of that name",
        arguments: ["coder", "named:coder", "named:nobody", ""])
    func named(_ selector: String) async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let runtime = try setup.runtime()
        // The bundle is on this host, and still is not taken by itself.
        try await runtime.sync(setup.bundle, on: .latest)
        await failing(.bundleRequired) { try await runtime.createWorker(request(selector)) }
        #expect(try await runtime.workers().isEmpty)
    }

    @Test("builtin mode: an unknown builtin profile is invalid_profile_selector")
    func unknown() async throws {
        let setup = try await RuntimeSetup()
        let runtime = try setup.runtime()
        await failing(.invalidProfileSelector) {
            try await runtime.createWorker(request("builtin:nobody"))
        }
    }

    @Test("builtin mode: a required capability cannot be had, whatever the policy grants")
    func capabilities() async throws {
        let setup = try await RuntimeSetup()
        try setup.writePolicy(
            "builtin: allow\ngrants: { \"capability:triage\": { to: [\"acme/*\"] } }")
        let runtime = try setup.runtime()
        let error = await failing(.hostPolicyDenied) {
            try await runtime.createWorker(
                request("builtin:coder", capabilities: ["triage", "release"]))
        }
        #expect(error?.findings.count == 2)
    }

    @Test("builtin mode: the profiles compiled in are all read and resolve")
    func compiledIn() throws {
        #expect(
            BuiltinProfiles.all.keys.sorted().map(\.rawValue)
                == ["coder", "companion", "intake", "orchestrator", "reviewer"])
        for name in BuiltinProfiles.all.keys {
            let resolved = try ProfileResolver(documents: nil, builtins: BuiltinProfiles.all)
                .resolve(.builtin(name))
            #expect(resolved.declarations.isEmpty && resolved.plugins.isEmpty)
            #expect(resolved.engine == nil)
        }
    }
}
