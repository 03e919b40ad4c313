import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// What preflight sees of a host, and what a start makes of the same.
@Suite("What a host has at preflight and at a start", .timeLimit(.minutes(2)))
struct HostLookTests {
    /// A bundle with a profile that can go without a secret and a mount, and one with mounts in each
    /// other.
    private static let more = [
        "policies/extra.yaml": """
        schema: sheaf/declaration/v1
        kind: secret_ref
        ref: secret:extra
        required: false
        expose: { env: EXTRA }
        """,
        "policies/place.yaml": """
        schema: sheaf/declaration/v1
        kind: mount_grant
        ref: mount:place
        required: false
        """,
        "policies/inner.yaml": """
        schema: sheaf/declaration/v1
        kind: mount_grant
        ref: mount:checkout
        expose: { at: checkout/inner }
        """,
        "profiles/optional.yaml": """
        schema: sheaf/profile/v1
        engine: other
        grants: [checkout, extra, place]
        """,
        "profiles/nested.yaml": """
        schema: sheaf/profile/v1
        engine: waits
        grants: [checkout, inner]
        """,
    ]

    private func writePolicy(_ host: EngineSetup, extra: String) throws {
        let script = try host.setup.directory.write(
            "#!/bin/sh\nenv | grep -c -e EXTRA -e SHEAF_MOUNT_PLACE\nexec sleep 600\n",
            to: "env.sh")
        let path = script.path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        try EngineSetup.writePolicy(
            host.setup, other: path,
            grants: """
                "secret:extra": { file: "\(host.setup.directory.path)/\(extra)", to: ["acme/*"] }
                  "mount:place": { path: "\(host.setup.directory.path)/nowhere", to: ["acme/*"] }
                """)
    }

    private func readiness(
        _ host: EngineSetup, _ profile: String, _ launcher: ProcessLauncher? = nil
    ) async throws -> ProfileReadiness {
        let runtime = try host.runtime(.reader, launcher: launcher)
        return try #require(
            try await runtime.preflight(host.pin, profile: ProfileID(profile)).first)
    }

    @Test(
        "what is optional and not there is left out, and the record and the engine say so",
        arguments: ["gone", "bytes"])
    func optional(_ file: String) async throws {
        let host = try await EngineSetup(Self.more)
        // A secret that is there and no text is found out by reading it, which only a start does.
        try host.setup.directory.write([0xFF, 0xFE], to: "bytes")
        try writePolicy(host, extra: file)
        let seen = try await readiness(host, "optional")
        #expect(seen.isReady)
        #expect(
            seen.resources.filter { !$0.required }.map(\.isAvailable)
                == [file == "bytes", false])
        let runtime = try host.runtime()
        let created = try await runtime.createWorker(host.request("optional")).worker
        #expect(created.state == .running)
        #expect(created.grants.granted == ["mount:checkout"])
        #expect(created.grants.dropped.map(\.reason) == [.notAvailable, .notAvailable])
        #expect(created.grants.dropped.map(\.subject) == ["secret:extra", "mount:place"])
        #expect(try await runtime.worker(WorkerID("one")).grants == created.grants)
        #expect(try await host.written("\n") == "0\n")
        let text = try String(
            contentsOf: host.directory().appending(path: "spec.json"), encoding: .utf8)
        #expect(text.contains(#""reason":"not_available""#))
        for grant in created.grants.dropped {
            #expect(!grant.description.contains(host.setup.directory.path))
        }
        try await runtime.stopWorker(WorkerID("one"))
    }

    @Test("what is optional and there is granted")
    func optionalAndThere() async throws {
        let host = try await EngineSetup(Self.more)
        try writePolicy(host, extra: "secret.txt")
        let runtime = try host.runtime()
        let created = try await runtime.createWorker(host.request("optional")).worker
        #expect(created.grants.granted == ["mount:checkout", "secret:extra"])
        #expect(try await host.written("\n") == "1\n")
        try await runtime.stopWorker(WorkerID("one"))
    }

    @Test("preflight names an engine's command that is missing or not executable")
    func engine() async throws {
        let host = try await EngineSetup()
        let path = host.setup.directory.appending("engine").path(percentEncoded: false)
        try EngineSetup.writePolicy(host.setup, other: path)
        let missing = try await readiness(host, "other")
        #expect(missing.problems.map { $0.details["reason"] } == ["missing"])
        try host.setup.directory.write("#!/bin/sh\n", to: "engine")
        let closed = try await readiness(host, "other")
        #expect(closed.problems.map { $0.details["reason"] } == ["not_executable"])
        #expect(closed.preflight.isAllowed && !closed.isReady)
        for text in texts(within: [missing, closed]) {
            #expect(!text.contains(host.setup.directory.path), "\(text)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        #expect(try await readiness(host, "other").isReady)
    }

    @Test("preflight names mounts that lie in each other, as a start would")
    func mounts() async throws {
        let host = try await EngineSetup(Self.more)
        let seen = try await readiness(host, "nested")
        #expect(seen.problems.map(\.code) == [.hostPolicyDenied])
        #expect(!seen.isReady)
    }

    @Test("preflight names a release that is not fresh, where that refuses workers")
    func stale() async throws {
        let host = try await EngineSetup()
        try EngineSetup.writePolicy(
            host.setup, workspace: "freshness: { limit: 1h, whenStale: refuse_new_workers }")
        #expect(try await readiness(host, "waits").isReady)
        let late = try WorkerRuntime.open(
            store: host.setup.store, policy: host.setup.policy, access: .reader,
            launcher: try host.launcher(), now: { Date().addingTimeInterval(7200) })
        let seen = try await late.preflight(host.pin, profile: ProfileID("waits"))
        #expect(seen.first?.problems.map(\.code) == [.runtimeStale])
        try EngineSetup.writePolicy(
            host.setup, workspace: "freshness: { limit: 1h, whenStale: keep }")
        #expect(try await late.preflight(host.pin, profile: ProfileID("waits"))[0].isReady)
    }

    /// What can be in the place of a secret's file, and what is said of it.
    static let wrongFiles: [(String, String)] = [
        ("nothing", "the file is not there"), ("empty", "the file is empty"),
        ("large", "the file is over 65536 bytes"),
        ("checkout", "there is a directory in the place of the file"),
        ("pipe", "there is something else in the place of the file"),
    ]

    @Test(
        "what is wrong with a secret's file is said alike at preflight and at a start",
        arguments: wrongFiles)
    func files(_ name: String, _ problem: String) async throws {
        let host = try await EngineSetup()
        let directory = host.setup.directory
        try directory.write("", to: "empty")
        try directory.write(String(repeating: "x", count: 65_537), to: "large")
        // A pipe that nobody writes to: whoever read it would wait for ever.
        _ = try await NamedPipe(at: directory.appending("pipe"))
        try EngineSetup.writePolicy(host.setup, file: "\(directory.path)/\(name)")
        let seen = try await readiness(host, "waits")
        #expect(seen.resources.compactMap(\.problem) == [problem] && !seen.isReady)
        let error = await failing(.hostPolicyDenied) {
            try await host.runtime().createWorker(host.request("waits"))
        }
        #expect(error?.findings.map(\.message) == ["secret:tracker/api-token: \(problem)"])
        #expect(error?.findings.map(\.rule) == ["not_available"])
    }

    @Test("variables are those of the launcher, at preflight as at a start")
    func variables() async throws {
        let host = try await EngineSetup(Self.more)
        let script = Fixtures.url("engines/waits.sh").path(percentEncoded: false)
        try EngineSetup.writePolicy(
            host.setup, other: script,
            grants: #""secret:extra": { env: SHEAF_TEST_EXTRA, to: ["acme/*"] }"#)
        func problems(_ value: String?) async throws -> [String] {
            let launcher = try host.launcher(
                environment: value.map { ["SHEAF_TEST_EXTRA": $0] } ?? [:])
            return try await readiness(host, "optional", launcher).resources.compactMap(\.problem)
        }
        #expect(try await problems("here") == [])
        #expect(
            try await problems("") == ["the runtime has no such variable in its environment"])
        #expect(
            try await problems(nil) == ["the runtime has no such variable in its environment"])
    }
}
