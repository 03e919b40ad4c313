import BundleModel
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("What the command line refuses at a runtime")
struct RuntimeRefusalTests {
    @Test(
        "a release that is wrong stays out, and the one in service stays in",
        arguments: BadInput.releases)
    func refusedRelease(input: BadInput) async throws {
        let desk = try Desk()
        try await desk.publish(revisions: 2)
        try await desk.check("runtime", "sync", "support-agents@latest")
        try await input.prepare(desk)
        let before = try await desk.mirror.lines("for-each-ref")
        let output = try await desk.sheaf.run(input.arguments)
        try expect(output, input)
        #expect(try await desk.mirror.lines("for-each-ref") == before)
        let list = try await desk.json("runtime", "list")
        #expect(list["releases"]?[0]?["release"]?["sequence"]?.number == 2)
        #expect(list["releases"]?[0]?["failure"]?.text == input.code.rawValue)
        try await desk.check("worker", "create", "--bundle", "support-agents@latest")
    }

    @Test(
        "a request that is refused makes no worker", arguments: BadInput.workers)
    func refusedWorker(input: BadInput) async throws {
        let desk = try Desk()
        try await desk.publish(revisions: 1)
        try await desk.check("runtime", "sync", "support-agents@latest")
        try await desk.check("worker", "create", "--profile", "builtin:coder", "--id", "first")
        try await input.prepare(desk)
        let before = try await desk.json("worker", "list")
        try expect(try await desk.sheaf.run(input.arguments), input)
        #expect(try await desk.json("worker", "list") == before)
    }

    @Test("a second writer is told who owns the store, and reads work beside it")
    func storeBusy() async throws {
        let desk = try await Desk.published()
        try await desk.check("runtime", "sync", "support-agents@latest")
        let owner = try WorkerRuntime.open(
            store: desk.store.path(percentEncoded: false),
            policy: desk.policy.path(percentEncoded: false), access: .owner)
        for arguments in [
            ["runtime", "sync", "support-agents@latest"],
            ["worker", "create", "--profile", "builtin:coder"], ["worker", "stop", "w"],
        ] {
            let output = try await desk.sheaf.run(arguments)
            #expect(output.status == 3)
            #expect(output.errorText.contains("(store_busy)"))
            #expect(
                output.errorText.contains("process \(ProcessInfo.processInfo.processIdentifier)"))
        }
        for arguments in [
            ["runtime", "list"], ["runtime", "check", "support-agents@latest"],
            ["runtime", "verify", "support-agents@latest"], ["worker", "list"],
        ] {
            let output = try await desk.sheaf.run(arguments)
            #expect(output.succeeded, "\(arguments): \(output)")
        }
        withExtendedLifetime(owner) {}
    }

    @Test("a channel that was verified too long ago gives no workers where the policy says so")
    func stale() async throws {
        let desk = try await Desk.published()
        try desk.replaceInPolicy(
            "# freshness: { limit: 24h", with: "freshness: { limit: 24h")
        try await syncYesterday(desk)
        let output = try await desk.sheaf.run(
            "worker", "create", "--bundle", "support-agents@latest")
        #expect(output.status == 1, "\(output)")
        #expect(output.errorText.contains("(runtime_stale)"))
        #expect(output.errorText.contains("sheaf runtime sync support-agents@latest"))
        try await desk.check("runtime", "sync", "support-agents@latest")
        try await desk.check("worker", "create", "--bundle", "support-agents@latest")
    }

    @Test("a transfer that hangs is given up")
    func deadline() async throws {
        let desk = try await Desk.published()
        let real = try #require(
            ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").first {
                FileManager.default.isExecutableFile(atPath: "\($0)/git")
            })
        let program = try desk.home.write(
            """
            #!/bin/sh
            case "$*" in *upload-pack*) exec tail -f /dev/null ;; esac
            exec \(real)/git "$@"

            """, to: "bin/git")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: program.path(percentEncoded: false))
        let path = desk.sheaf.program.environment["PATH"] ?? ""
        let tool = desk.sheaf.with(["PATH": "\(desk.home.path)/bin:\(path)"])
        let output = try await tool.run(
            "runtime", "sync", "support-agents@latest", "--timeout", "1")
        #expect(output.status == 3, "\(output)")
        #expect(output.errorText.contains("(deadline_exceeded)"))
        #expect(try await desk.check("runtime", "list").text == "")
        try await desk.check("runtime", "sync", "support-agents@latest")
    }

    private func expect(_ output: ProgramOutput, _ input: BadInput) throws {
        #expect(output.status == input.code.presentation.exitStatus, "\(output)")
        #expect(output.text == "")
        #expect(output.errorText.contains("(\(input.code.rawValue))"), "\(output)")
        #expect(output.errorText.contains(input.message), "\(output)")
    }

    /// Syncs with a clock that is a day and an hour behind; the store is free again afterwards.
    private func syncYesterday(_ desk: Desk) async throws {
        let runtime = try WorkerRuntime.open(
            store: desk.store.path(percentEncoded: false),
            policy: desk.policy.path(percentEncoded: false), access: .owner,
            now: { Date(timeIntervalSinceNow: -25 * 3600) })
        try await runtime.sync(try BundleID("support-agents"), on: .latest)
    }
}
