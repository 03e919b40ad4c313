import Foundation
import TestSupport
import Testing

/// A real engine, from the command that creates its worker to its exit.
@Suite("sheaf worker, with an engine", .timeLimit(.minutes(3)))
struct EngineCommandTests {
    private static let secret = "s3cr3t-of-the-host"

    /// A desk whose bundle names engines, and whose policy has a command, a secret and a mount.
    private func desk() async throws -> Desk {
        var desk = try Desk()
        let profile = """
            schema: sheaf/profile/v1
            prompts: { system: prompts/coder.md }
            grants: [checkout, tracker-token]

            """
        for engine in ["desk", "waits", "fails", "missing"] {
            try desk.home.write(
                profile + "engine: \(engine)\n", to: "agents/profiles/\(engine).yaml")
        }
        try desk.home.write(
            """
            schema: sheaf/declaration/v1
            kind: mount_grant
            ref: mount:checkout
            access: write
            expose: { at: checkout }

            """, to: "agents/policies/checkout.yaml")
        try desk.home.write(
            """
            schema: sheaf/declaration/v1
            kind: secret_ref
            ref: secret:tracker/api-token
            expose: { env: TRACKER_TOKEN }

            """, to: "agents/policies/tracker-token.yaml")
        try desk.home.write("the note\n", to: "checkout/note.txt")
        try await desk.check("publish", "agents", "-m", "first")
        let engines = Fixtures.url("engines").path(percentEncoded: false)
        let policy = try String(contentsOf: desk.policy, encoding: .utf8)
        try desk.home.write(
            policy + """
                grants:
                  "secret:tracker/api-token": { env: HOST_TRACKER, to: ["acme/*"] }
                  "mount:checkout": { path: "\(desk.home.path)/checkout", access: write, to: ["acme/*"] }
                engines:
                  desk: { command: ["\(engines)/desk.sh"] }
                  waits: { command: ["\(engines)/waits.sh"] }
                  fails: { command: ["\(engines)/fails.sh"] }
                  missing: { command: [/nowhere/engine] }

                """, to: ".local/state/sheaf/runtime/host-policy.yaml")
        try desk.setPolicyMode(0o600)
        try await desk.check("runtime", "sync", "support-agents@latest")
        desk.sheaf = desk.sheaf.with(["HOST_TRACKER": Self.secret])
        return desk
    }

    private static func create(_ profile: String, _ more: String...) -> [String] {
        ["worker", "create", "--bundle", "support-agents@latest", "--profile", profile] + more
    }

    /// Waits until a worker is no longer live; the time limit ends what never comes.
    private func ended(_ desk: Desk, _ id: String) async throws -> JSONValue? {
        while true {
            let worker = try await desk.json("worker", "show", id)["worker"]
            if !["created", "starting", "running"].contains(worker?["state"]?.text) {
                return worker
            }
        }
    }

    @Test("runs it to its exit, with its prompt and a secret of the host")
    func whole() async throws {
        let desk = try await desk()
        let created = try await desk.sheaf.run(
            Self.create("desk", "--id", "ticket-12", "--input", "look at ticket 12"))
        #expect(created.succeeded, "\(created)")
        #expect(created.text.hasPrefix("created ticket-12"))
        let worker = try await ended(desk, "ticket-12")
        #expect(worker?["state"]?.text == "exited")
        #expect(worker?["exitStatus"]?.number == 0)
        #expect(worker?["startedAt"]?.text != nil && worker?["endedAt"]?.text != nil)
        let logs = try await desk.check("worker", "logs", "ticket-12")
        #expect(
            logs.lines.prefix(5) == [
                "worker ticket-12", "prompt Fix the ticket.", "input look at ticket 12",
                "token \(Self.secret.count)", "note the note",
            ])
        let json = try await desk.json("worker", "logs", "ticket-12", "--stream", "stderr")
        #expect(json.keys == ["worker", "stream", "size", "encoding", "content"])
        #expect(json["content"]?.text?.hasSuffix("/work\n") == true)
        let shown = try await desk.check("worker", "show", "ticket-12")
        #expect(shown.text.hasPrefix("ticket-12 (exited with status 0)\n"), "\(shown)")
        #expect(!shown.text.contains("stdout"))
        let log = try await desk.check("worker", "show", "ticket-12", "--log")
        #expect(log.text.contains("stdout    \(desk.store.path(percentEncoded: false))"), "\(log)")
        for output in [created, logs, shown, log] {
            #expect(!output.text.contains(Self.secret) && !output.errorText.contains(Self.secret))
        }
        let found = try await Program(
            "grep", environment: TestEnvironment.base, directory: desk.store
        ).run(["-r", "-l", "-e", Self.secret, "."])
        #expect(found.status == 1 && found.text == "", "\(found)")
    }

    @Test("goes on when the command has ended, and is stopped by another")
    func stopped() async throws {
        let desk = try await desk()
        let created = try await desk.sheaf.run(Self.create("waits", "--id", "one"))
        #expect(created.text.hasPrefix("created one (running)"), "\(created)")
        #expect(try await desk.check("worker", "list").text.contains("running"))
        let again = try await desk.sheaf.run(Self.create("waits", "--id", "one"))
        #expect(again.text.hasPrefix("unchanged: one (running)"), "\(again)")
        let stopped = try await desk.check("worker", "stop", "one", "--grace", "20")
        #expect(stopped.text == "stopped one\n")
        #expect(try await desk.check("worker", "logs", "one").text.hasSuffix("goodbye\n"))
        let worker = try await desk.json("worker", "show", "one")["worker"]
        #expect(worker?["state"]?.text == "stopped" && worker?["stoppedAt"] != nil)
        #expect(try await desk.check("worker", "stop", "one").text == "stopped one\n")
    }

    @Test("says why an engine did not run", arguments: ["fails", "missing"])
    func failed(_ profile: String) async throws {
        let desk = try await desk()
        let failed = try await desk.sheaf.run(
            Self.create(profile, "--id", "one", "--format", "json"))
        #expect(failed.status == 1, "\(failed)")
        #expect((failed.text + failed.errorText).contains("engine_failed"), "\(failed)")
        let worker = try await desk.json("worker", "show", "one")["worker"]
        #expect(worker?["state"]?.text == "failed")
        #expect(worker?["failure"]?.text == "engine_failed")
    }

    @Test("refuses without the secret, names it and not where it should be")
    func noSecret() async throws {
        let desk = try await desk()
        let refused = try await desk.sheaf.with(["HOST_TRACKER": nil])
            .run(Self.create("waits", "--id", "one"))
        #expect(refused.status == 1, "\(refused)")
        #expect(refused.errorText.contains("secret:tracker/api-token"), "\(refused)")
        #expect(!refused.errorText.contains("HOST_TRACKER"), "\(refused)")
    }

    @Test("creates without starting, and starts later")
    func notStarted() async throws {
        let desk = try await desk()
        let created = try await desk.sheaf.run(Self.create("waits", "--id", "one", "--no-start"))
        #expect(created.text.hasPrefix("created one (created)"), "\(created)")
        let logs = try await desk.sheaf.run(["worker", "logs", "one"])
        #expect(logs.status == 1 && logs.errorText.contains("not_found"), "\(logs)")
        let started = try await desk.sheaf.run(Self.create("waits", "--id", "one"))
        #expect(started.text.contains("one (running)"), "\(started)")
        try await desk.check("worker", "stop", "one", "--grace", "0")
    }

    @Test("is removed by a collection when it ended long ago, which says so")
    func removed() async throws {
        let desk = try await desk()
        try await desk.check("worker", "create", "--bundle", "support-agents@latest", "--id", "one")
        try await desk.check("worker", "stop", "one")
        let soon = try await desk.sheaf.run(["runtime", "gc", "--keep-workers", "soon"])
        #expect(soon.status == 2 && soon.errorText.contains("30d"))
        let kept = try await desk.check("runtime", "gc")
        #expect(!kept.text.contains("ended worker"))
        let dry = try await desk.json("runtime", "gc", "--dry-run", "--keep-workers", "0s")
        #expect(dry["removedWorkers"]?[0]?.text == "one")
        let removed = try await desk.check("runtime", "gc", "--keep-workers", "0s")
        #expect(removed.text.contains("removed 1 ended worker  one"))
        #expect(try await desk.sheaf.run(["worker", "show", "one"]).status == 1)
    }
}
