import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("The owner's verbs beside a daemon")
struct OwnerTests {
    @Test("collecting, exporting, forgetting, importing and unfollowing go through its socket")
    func verbs() async throws {
        let desk = try await DaemonDesk()
        let daemon = try await desk.serve()
        _ = try await desk.json("runtime", "sync", "agents@latest", "--format", "json")
        let followed = try await desk.status()
        #expect(followed.first?["followed"] as? String == "request")

        let file = desk.home.appending("agents.bundle").path(percentEncoded: false)
        _ = try await desk.json("runtime", "export", "agents@latest", file, "--format", "json")
        let forgotten = try await desk.json(
            "runtime", "forget", "agents@latest", "--reason", "a test", "--format", "json")
        #expect(forgotten["sequence"] as? Int == 1)
        #expect(try await desk.status().first?["accepted"] == nil)
        #expect(try await desk.status().first?["followed"] == nil)
        let imported = try await desk.json("runtime", "import", file, "--format", "json")
        #expect(imported["outcome"] as? String == "accepted")
        #expect(try await desk.status().first?["accepted"] != nil)
        let arrived = try FileManager.default.contentsOfDirectory(
            atPath: desk.store + "/arriving")
        #expect(arrived.isEmpty)
        let missing = try await desk.tool.run("runtime", "import", file + ".none")
        #expect(missing.status == 1 && missing.errorText.contains("not_found"))

        _ = try await desk.json(
            "worker", "create", "--profile", "coder", "--bundle", "agents@latest", "--id", "one",
            "--no-start", "--format", "json")
        _ = try await desk.json("worker", "stop", "one", "--format", "json")
        let collected = try await desk.json(
            "runtime", "gc", "--keep-workers", "0s", "--format", "json")
        #expect(collected["removedWorkers"] as? [String] == ["one"])
        let bundles = try #require(collected["bundles"] as? [[String: Any]])
        #expect(bundles.first?["packsAfter"] as? Int == 1)
        let text = try await desk.tool.run("runtime", "gc")
        #expect(text.succeeded && text.text.contains("in service on latest"), "\(text)")

        _ = try await desk.json("runtime", "sync", "agents@latest", "--format", "json")
        let ended = try await desk.json("runtime", "unfollow", "agents@latest", "--format", "json")
        #expect(ended["workspace"] as? String == "acme")
        #expect(try await desk.status().first?["followed"] == nil)
        let again = try await desk.tool.run("runtime", "unfollow", "agents@latest")
        #expect(again.status == 1 && again.errorText.contains("not_found"))
        try await daemon.end()
    }

    @Test("a file is put nowhere but into the store, also when its folder there became a link")
    func linkedArrivals() async throws {
        let desk = try await DaemonDesk()
        let daemon = try await desk.serve()
        _ = try await desk.json("runtime", "sync", "agents@latest", "--format", "json")
        let file = desk.home.appending("agents.bundle").path(percentEncoded: false)
        _ = try await desk.json("runtime", "export", "agents@latest", file, "--format", "json")
        let elsewhere = try desk.home.makeDirectory("elsewhere").path(percentEncoded: false)
        let arriving = desk.store + "/arriving"
        try FileManager.default.removeItem(atPath: arriving)
        try FileManager.default.createSymbolicLink(
            atPath: arriving, withDestinationPath: elsewhere)
        let refused = try await desk.tool.run("runtime", "import", file)
        #expect(!refused.succeeded && refused.errorText.contains("io_error"), "\(refused)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere).isEmpty)
        try await daemon.end()
    }

    @Test("what its configuration names stays followed, and unfollowing it says what to do")
    func configured() async throws {
        let desk = try await DaemonDesk()
        let daemon = try await desk.serve("--follow", "acme/agents@latest")
        try await desk.eventually("the first release") {
            try await desk.status().first?["accepted"] != nil
        }
        let refused = try await desk.tool.run("runtime", "unfollow", "agents@latest")
        #expect(refused.status == 1)
        #expect(refused.errorText.contains("conflict"))
        #expect(refused.errorText.contains("take it out of 'follow'"))
        _ = try await desk.json(
            "runtime", "forget", "agents@latest", "--reason", "a test", "--format", "json")
        #expect(try await desk.status().first?["followed"] as? String == "configuration")
        try await daemon.end()
    }

    @Test("its own host policy decides: another one, or another repository, is refused by name")
    func oneBehaviour() async throws {
        let desk = try await DaemonDesk()
        let daemon = try await desk.serve("--policy", desk.store + "/host-policy.yaml")
        let other = desk.home.appending("other.yaml").path(percentEncoded: false)
        for (words, name) in [
            (["--repository", "/nowhere.git"], "--repository"), (["--policy", other], "--policy"),
            (["--policy", other, "--repository", "/nowhere.git"], "--policy"),
        ] {
            let refused = try await desk.tool.run(["runtime", "sync", "agents@latest"] + words)
            #expect(refused.status == 2, "\(refused)")
            #expect(refused.errorText.contains("invalid_request"))
            #expect(refused.errorText.contains("leave '\(name)' out"), "\(refused)")
        }
        #expect(!FileManager.default.fileExists(atPath: other))
        // A variable that stands for every command is not a word of this one.
        let tool = desk.tool.with(["SHEAF_HOST_POLICY": other])
        let synced = try await tool.run("runtime", "sync", "agents@latest", "--timeout", "300")
        #expect(synced.succeeded, "\(synced)")
        #expect(!FileManager.default.fileExists(atPath: other))
        for words in [
            ["runtime", "sync", "agents@latest", "--timeout", "86401"],
            ["worker", "stop", "one", "--grace", "601"],
        ] {
            let refused = try await desk.tool.run(words)
            #expect(refused.status == 2, "\(refused)")
        }
        try await daemon.end()
        let embedded = try await desk.tool.run("worker", "stop", "one", "--grace", "601")
        #expect(embedded.status == 2)
    }

    @Test(
        "beside a socket that was left, another process is what has the store, whatever was asked")
    func leftSocket() async throws {
        let desk = try await DaemonDesk()
        _ = try await desk.json("runtime", "sync", "agents@latest", "--format", "json")
        let owner = try WorkerRuntime.open(
            store: desk.store, policy: desk.store + "/host-policy.yaml")
        try await StandInDaemon(at: desk.store + "/runtime.sock").leave()
        let other = desk.home.appending("other.yaml").path(percentEncoded: false)
        for words in [[], ["--policy", other], ["--repository", "/nowhere.git"]] {
            let refused = try await desk.tool.run(["runtime", "sync", "agents@latest"] + words)
            #expect(refused.errorText.contains("store_busy"), "\(refused)")
        }
        withExtendedLifetime(owner) {}
    }

    @Test("a daemon that does not know what is asked for is said to be of another version")
    func otherVersion() async throws {
        let desk = try await DaemonDesk()
        _ = try await desk.json("runtime", "sync", "agents@latest", "--format", "json")
        let owner = try WorkerRuntime.open(
            store: desk.store, policy: desk.store + "/host-policy.yaml")
        let daemon = try await StandInDaemon(at: desk.store + "/runtime.sock")
        let refused = try await desk.tool.run("runtime", "sync", "agents@latest")
        #expect(refused.errorText.contains("store_busy"), "\(refused)")
        #expect(refused.errorText.contains("of another version"), "\(refused)")
        try await daemon.leave()
        withExtendedLifetime(owner) {}
    }

    @Test("a sync takes the time that its owner gives it, not that of the daemon's schedule")
    func time() async throws {
        let desk = try await DaemonDesk()
        let daemon = try await desk.serve("--set", "sync.deadline=1s")
        // It takes connections and says nothing.
        let silent = try LoopbackSocket()
        try silent.listen()
        try desk.follow(repository: "http://127.0.0.1:\(silent.port)/acme.git")
        let begin = ContinuousClock.now
        let refused = try await desk.tool.run(
            "runtime", "sync", "agents@latest", "--timeout", "4")
        #expect(
            refused.status == 3 && refused.errorText.contains("deadline_exceeded"), "\(refused)")
        #expect(ContinuousClock.now - begin > .seconds(3))
        silent.shutdown()
        try await daemon.end()
    }

    @Test("a channel that is not there shows what is wanted, when it was tried, and the code")
    func missing() async throws {
        let desk = try await DaemonDesk()
        let daemon = try await desk.serve("--follow", "acme/agents@none")
        try await desk.eventually("its failure shows") {
            let channel = try await desk.status().first
            let conditions = channel?["conditions"] as? [[String: Any]]
            return conditions?.first?["reason"] as? String == "not_found"
        }
        let channel = try #require(try await desk.status().first)
        #expect(channel["followed"] as? String == "configuration")
        #expect(channel["attemptedAt"] != nil)
        let text = try await desk.tool.run("runtime", "status").text
        #expect(text.contains("followed    by the daemon's configuration"), "\(text)")
        #expect(text.contains("sync_failed (not_found)"))
        try await daemon.end()
    }
}
