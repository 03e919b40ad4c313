import BundleModel
import Foundation
import RuntimeClient
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A user's home with a workspace, a bundle that is released to `latest`, and a host policy that
/// serves it.
struct DaemonDesk: Sendable {
    /// Where the store is when it has a file system of its own.
    let disk: SmallDisk?
    let home: TemporaryDirectory
    let tool: CommandLineTool

    var store: String { home.appending("store").path(percentEncoded: false) }

    /// - Parameter megabytes: the size of a file system of its own for the store; nil for none.
    init(storeOf megabytes: Int? = nil) async throws {
        // Short, because the address of a socket is.
        home = try TemporaryDirectory("sheaf-d")
        if let megabytes {
            let small = try await SmallDisk(at: home.appending("store"), megabytes: megabytes)
            let mounted: SmallDisk = try #require(small)
            disk = mounted
        } else {
            disk = nil
        }
        tool = try CommandLineTool(home: home.url).with([
            "SHEAF_REPOSITORY": home.appending("acme.git").path(percentEncoded: false),
            "SHEAF_STORE": home.appending("store").path(percentEncoded: false),
            "SHEAF_TOKENS": home.appending("tokens.json").path(percentEncoded: false),
        ])
        try await succeed("init", "--workspace", "acme")
        try await succeed("new", "agents", "--workspace", "acme")
        try await succeed("publish", "agents", "-m", "first")
    }

    /// Runs a verb that succeeds.
    func succeed(_ arguments: String...) async throws {
        let ended = try await tool.run(arguments)
        try #require(ended.succeeded, "\(ended)")
    }

    /// Writes the host policy anew: it serves the repository, and what more it says.
    func write(policy more: String) throws {
        let repository = home.appending("acme.git").path(percentEncoded: false)
        let file = "store/host-policy.yaml"
        try home.write(
            """
            schema: sheaf/host-policy/v1
            builtin: allow
            workspaces:
              acme: { repository: "\(repository)", bundles: ["*"] }
            \(more)

            """, to: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600],
            ofItemAtPath: home.appending(file).path(percentEncoded: false))
    }

    /// Starts a daemon and waits until it is served.
    func serve(
        _ arguments: String..., environment: [String: String] = [:]
    ) async throws -> RunningDaemon {
        try await serve(arguments, environment: environment)
    }

    func serve(
        _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> RunningDaemon {
        let values = tool.program.environment.merging(environment) { $1 }
        let program = try BackgroundProgram(
            tool.program.executable, ["runtime", "serve", "--listen", "127.0.0.1:0"] + arguments,
            environment: values, directory: home.url,
            log: home.appending("daemon-\(UInt32.random(in: 0 ... .max)).log"))
        try await program.ready { program.output.contains("the runtime is served") }
        return RunningDaemon(program: program, lock: "\(store)/owner.lock")
    }

    /// Serves the repository of the workspace over HTTP, and gives its address.
    func serveRepository() async throws -> (BackgroundProgram, String) {
        let program = try BackgroundProgram(
            tool.program.executable, ["serve", "--listen", "127.0.0.1:0"],
            environment: tool.program.environment, directory: home.url,
            log: home.appending("serve.log"))
        try await program.ready { program.output.contains("acme.git\n") }
        let word = program.output.split(whereSeparator: \.isWhitespace).first {
            $0.hasSuffix("/acme.git")
        }
        return (program, String(try #require(word)))
    }

    /// Runs a verb that succeeds, and gives its JSON.
    func json(_ arguments: String...) async throws -> [String: Any] { try await json(arguments) }

    func json(_ arguments: [String]) async throws -> [String: Any] {
        let ended = try await tool.run(arguments)
        try #require(ended.succeeded, "\(ended)")
        let object = try JSONSerialization.jsonObject(with: Data(ended.standardOutput))
        return try #require(object as? [String: Any])
    }

    /// What the host knows of its channels.
    func status() async throws -> [[String: Any]] {
        let object = try await json("runtime", "status", "--format", "json")
        return try #require(object["channels"] as? [[String: Any]])
    }

    /// Has the host policy say that the workspace's repository is another one.
    func follow(repository: String) throws {
        let policy = store + "/host-policy.yaml"
        let text = try String(contentsOfFile: policy, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let isIt = line.contains("repository:") && !line.contains("#")
            return isIt ? "    repository: \(repository)" : String(line)
        }
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: policy))
    }

    /// Looks again and again until something is so.
    func eventually(_ what: Comment, _ condition: () async throws -> Bool) async throws {
        for _ in 0..<600 {
            if try await condition() { return }
        }
        Issue.record(what)
    }
}

/// A daemon that runs.
struct RunningDaemon: Sendable {
    let program: BackgroundProgram
    let lock: String

    var log: String { program.output }

    /// The process itself, as the store says.
    var processID: Int32 {
        get throws {
            let note = try String(contentsOfFile: lock, encoding: .utf8)
            return try #require(
                note.split(separator: " ").dropFirst().first.flatMap { Int32($0) })
        }
    }

    /// Where it says that it is served.
    var address: String {
        get throws {
            let found = log.firstMatch(of: /serving the runtime at (https?:\/\/[^ \n]+)/)
            return String(try #require(found).1)
        }
    }

    /// The port of that.
    var port: Int {
        get throws { try #require(Int(try address.split(separator: ":").last ?? "")) }
    }

    /// Asks it with a client, which is closed at the end.
    func client<Value: Sendable>(
        change: (inout RuntimeClientConfiguration) -> Void = { _ in },
        _ body: (RuntimeClient) async throws -> Value
    ) async throws -> Value {
        var configuration = RuntimeClientConfiguration(try RuntimeEndpoint(try address))
        change(&configuration)
        let client = try RuntimeClient(configuration)
        do {
            let value = try await body(client)
            try await client.shutdown()
            return value
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    /// Asks it to end, and waits until it has.
    func end() async throws {
        try #require(Glibc.kill(try processID, SIGTERM) == 0)
        for _ in 0..<2000 where !log.contains("its workers go on") { usleep(5000) }
        #expect(log.contains("its workers go on"), "\(log)")
        program.stop()
    }

    /// Kills it.
    func kill() { program.stop() }
}
