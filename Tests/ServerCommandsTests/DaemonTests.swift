import BundleModel
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("A runtime's daemon, and the command line beside it")
struct DaemonTests {
    @Test("keeps itself current, and works with the commands that write, through its socket")
    func besideIt() async throws {
        let desk = try await DaemonDesk()
        let daemon = try await desk.serve("--follow", "acme/agents@latest")
        try await desk.eventually("the first release") {
            try await desk.tool.run("runtime", "list").text.contains("agents")
        }
        let synced = try await desk.json("runtime", "sync", "agents@latest", "--format", "json")
        #expect(synced["outcome"] as? String == "unchanged")
        let pin = try #require(synced["pin"] as? String)
        let create = [
            "worker", "create", "--profile", "coder", "--bundle", "agents@latest", "--id", "one",
            "--no-start", "--format", "json",
        ]
        let created = try await desk.json(create)
        #expect(created["isNew"] as? Bool == true)
        #expect((created["worker"] as? [String: Any])?["pin"] as? String == pin)
        #expect(try await desk.json(create)["isNew"] as? Bool == false)
        let refused = try await desk.tool.run(
            "worker", "create", "--profile", "nobody", "--bundle", "agents@latest")
        #expect(refused.status == 1)
        #expect(refused.errorText.contains("invalid_profile_selector"))
        let stopped = try await desk.json("worker", "stop", "one", "--format", "json")
        #expect((stopped["worker"] as? [String: Any])?["state"] as? String == "stopped")
        try await daemon.end()
    }

    @Test("goes on from its store with the repository gone, and follows what was asked for")
    func restart() async throws {
        let desk = try await DaemonDesk()
        var daemon = try await desk.serve()
        let synced = try await desk.json("runtime", "sync", "agents@latest", "--format", "json")
        #expect(synced["outcome"] as? String == "accepted")
        daemon.kill()
        try FileManager.default.moveItem(
            at: desk.home.appending("acme.git"), to: desk.home.appending("gone.git"))
        daemon = try await desk.serve("--set", "sync.retry=1s")
        let created = try await desk.json(
            "worker", "create", "--profile", "coder", "--bundle", "agents@latest", "--no-start",
            "--format", "json")
        #expect(created["isNew"] as? Bool == true)
        try await desk.eventually("it says that it cannot reach it") {
            try await desk.tool.run("runtime", "status").text.contains("sync_failed")
        }
        try FileManager.default.moveItem(
            at: desk.home.appending("gone.git"), to: desk.home.appending("acme.git"))
        try await desk.eventually("it is current again") {
            let status = try await desk.tool.run("runtime", "status").text
            return !status.contains("sync_failed")
        }
        try await daemon.end()
    }

    @Test("hears of a release from a server that tells, long before the interval is over")
    func hearing() async throws {
        let desk = try await DaemonDesk()
        let (server, url) = try await desk.serveRepository()
        try desk.follow(repository: url)
        let daemon = try await desk.serve(
            "--follow", "acme/agents@latest", "--set", "sync.interval=1d")
        try await desk.eventually("the first release") {
            try await desk.tool.run("runtime", "list", "--format", "json").text
                .contains("\"sequence\" : 1")
        }
        try Data("more\n".utf8).write(to: desk.home.appending("agents/README.md"))
        let published = try await desk.tool.run("publish", "agents", "-m", "second")
        try #require(published.succeeded, "\(published)")
        try await desk.eventually("the second release") {
            try await desk.tool.run("runtime", "list", "--format", "json").text
                .contains("\"sequence\" : 2")
        }
        try await daemon.end()
        server.stop()
    }

    @Test("tells the service manager when it is ready and when it ends")
    func manager() async throws {
        let desk = try await DaemonDesk()
        let socket = try await NotifySocket(in: desk.home.url)
        let daemon = try await desk.serve(environment: ["NOTIFY_SOCKET": socket.path])
        try await socket.wait(for: "READY=1")
        try await daemon.end()
        try await socket.wait(for: "STOPPING=1")
    }

    @Test("a socket that a killed daemon left does not hide who has the store")
    func staleSocket() async throws {
        let desk = try await DaemonDesk()
        let daemon = try await desk.serve()
        daemon.kill()
        let owner = try await Self.owner(of: desk.store)
        let refused = try await desk.tool.run("runtime", "sync", "agents@latest")
        #expect(refused.status == 3)
        #expect(refused.errorText.contains("store_busy"))
        withExtendedLifetime(owner) {}
    }

    /// What a process that was killed holds is free a moment later.
    private static func owner(of store: String) async throws -> WorkerRuntime {
        let end = ContinuousClock.now + .seconds(20)
        while .now < end {
            if let owner = try? WorkerRuntime.open(store: store, policy: store + "/none.yaml") {
                return owner
            }
            await Task.yield()
        }
        return try WorkerRuntime.open(store: store, policy: store + "/none.yaml")
    }

    @Test("says everything that is wrong with its settings, and does not begin")
    func wrongSettings() async throws {
        let desk = try await DaemonDesk()
        let ended = try await desk.tool.run(
            "runtime", "serve", "--set", "sync.interval=often", "--follow", "nonsense")
        #expect(ended.status == 3)
        for word in ["host_policy_invalid", "sync.interval", "follow"] {
            #expect(ended.errorText.contains(word), "\(word) in \(ended.errorText)")
        }
    }
}
