import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// What may be told of a worker never holds anything of the host's own.
@Suite("What a worker's view tells")
struct DiscretionTests {
    /// Values of the host policy that no view may hold.
    private let hidden = [
        "/host-only/checkout", "HOST_ONLY_TRACKER", "/host-only/model-key", "host-only.example",
        "/host-only/bin/engine", "--host-only-flag", "host-only-command", "host-only-remote",
        "HOST_ONLY_CREDENTIAL",
    ]

    private let policy = """
        grants:
          "mount:checkout": { path: /host-only/checkout, access: write, to: ["acme/*"] }
          "secret:tracker/api-token": { env: HOST_ONLY_TRACKER, to: ["lab/*"] }
          "vault:models/main": { file: /host-only/model-key, to: ["acme/*"] }
          "network:tracker": { allow: ["host-only.example:443"], to: ["acme/*"] }
          "shell:builds": { allow: [host-only-command], to: ["acme/*"] }
          "git:forge": { allow: [host-only-remote], to: ["acme/*"] }
          "capability:triage": { to: ["acme/*"] }
        plugins:
          tickets:
            digest: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            to: ["acme/*"]
        engines: { claude-code: { command: [/host-only/bin/engine, --host-only-flag] } }
        """

    /// A workspace that is pulled with a credential; one of this machine has none.
    private static let other = """
          far:
            repository: https://host-only.example/far.git
            credential: { env: HOST_ONLY_CREDENTIAL }
            bundles: [other]
        """

    private func setup(_ policy: String) async throws -> AcceptedSetup {
        let accepted = try await AcceptedSetup(.asking)
        try accepted.setup.writePolicy(policy, before: Self.other)
        return accepted
    }

    private func request(_ accepted: AcceptedSetup) throws -> CreateWorkerRequest {
        CreateWorkerRequest(
            id: try WorkerID("one"), selector: .bundleDefault, pin: accepted.second,
            input: "look at ticket 12")
    }

    private func expectDiscreet(
        _ value: Any, _ accepted: AcceptedSetup, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let found = texts(within: value)
        #expect(!found.isEmpty, sourceLocation: sourceLocation)
        for word in hidden + [accepted.setup.directory.path] {
            for text in found {
                #expect(!text.contains(word), sourceLocation: sourceLocation)
            }
        }
    }

    @Test("no mount path, no source of a secret, no endpoint, no command, no path of the store")
    func view() async throws {
        let accepted = try await setup(policy)
        let created = try await accepted.runtime.createWorker(request(accepted))
        expectDiscreet(created, accepted)
        expectDiscreet(try await accepted.runtime.workers(), accepted)
        expectDiscreet(try await accepted.runtime.stopWorker(WorkerID("one")), accepted)
        let worker = created.worker
        #expect(
            worker.grants.granted == [
                "shell:builds", "mount:checkout", "git:forge", "vault:models/main",
                "network:tracker", "capability:triage",
            ])
        #expect(worker.grants.dropped.map(\.subject) == ["secret:tracker/api-token"])
        #expect(worker.grants.dropped.map(\.reason) == [.outOfScope])
        // The search finds what is there: the same policy's rules hold every hidden word.
        let all = texts(within: try HostPolicyFile.read(at: accepted.setup.policy))
        for word in hidden { #expect(all.contains { $0.contains(word) }, "\(word)") }
    }

    @Test("nor in JSON, which every part of a view can become")
    func json() async throws {
        let accepted = try await setup(policy)
        let worker = try await accepted.runtime.createWorker(request(accepted)).worker
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let parts: [any Encodable] = [
            worker.id, worker.state.description, worker.mode, worker.pin, worker.intent,
            worker.grants,
            worker.createdAt, worker.stoppedAt, worker.profileDigest.hex, worker.policyDigest.hex,
            worker.selector.description, worker.profile,
        ]
        var written = ""
        for part in parts { written += String(decoding: try encoder.encode(part), as: UTF8.self) }
        #expect(written.contains("mount:checkout"))
        expectDiscreet(written, accepted)
        let grants = try JSONDecoder().decode(
            WorkerGrants.self, from: encoder.encode(worker.grants))
        #expect(grants == worker.grants)
    }

    @Test("nor in a refusal, in what a sync tells, or in what is in service")
    func others() async throws {
        let accepted = try await setup(policy.replacing("acme/*", with: "lab/*"))
        let result = try await accepted.runtime.sync(accepted.bundle, on: .latest)
        expectDiscreet(result.profiles, accepted)
        expectDiscreet(result.release, accepted)
        expectDiscreet(try await accepted.runtime.acceptedReleases(), accepted)
        let error = await failing(.hostPolicyDenied) {
            try await accepted.runtime.createWorker(request(accepted))
        }
        expectDiscreet(try #require(error), accepted)
        let stale = try await setup(policy.replacing("access: write", with: "access: read"))
        let exceeded = await failing(.hostPolicyDenied) {
            try await stale.runtime.createWorker(request(stale))
        }
        expectDiscreet(try #require(exceeded), stale)
    }

    @Test("nor in the log, which tells what came into service, what was refused, who came and went")
    func log() async throws {
        let book = LogBook()
        let accepted = try await setup(policy)
        let setup = accepted.setup
        let store = setup.directory.appending("other-store").path(percentEncoded: false)
        let runtime = try WorkerRuntime.open(
            store: store, policy: setup.policy, logger: book.logger)
        let bundle = accepted.bundle
        try await runtime.sync(bundle, on: .latest)
        try await runtime.createWorker(request(accepted))
        try await runtime.createWorker(request(accepted))
        try await runtime.stopWorker(WorkerID("one"))
        try await runtime.stopWorker(WorkerID("one"))
        try setup.writePolicy(policy.replacing("acme/*", with: "lab/*"), repository: "/host-only/x")
        await failing(.remoteUnavailable) { try await runtime.sync(bundle, on: .latest) }
        await failing(.hostPolicyDenied) {
            try await runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID("two"), selector: .bundleDefault, pin: accepted.second,
                    input: "secret question"))
        }
        let pin = accepted.second
        #expect(
            book.lines == [
                "info a release is in service channel=latest outcome=accepted pin=\(pin) sequence=2",
                "info a worker was created mode=synced profile=coder worker=one",
                "info a worker was stopped worker=one",
                "warning a sync was refused; what is in service stays there "
                    + "channel=support-agents@latest code=remote_unavailable",
                "warning a worker was refused code=host_policy_denied worker=two",
            ])
        expectDiscreet(book.lines, accepted)
    }
}
