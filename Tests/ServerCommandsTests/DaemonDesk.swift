import Foundation
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
    let home: TemporaryDirectory
    let tool: CommandLineTool

    var store: String { home.appending("store").path(percentEncoded: false) }

    init() async throws {
        // Short, because the address of a socket is.
        home = try TemporaryDirectory("sheaf-d")
        tool = try CommandLineTool(home: home.url).with([
            "SHEAF_REPOSITORY": home.appending("acme.git").path(percentEncoded: false),
            "SHEAF_STORE": home.appending("store").path(percentEncoded: false),
            "SHEAF_TOKENS": home.appending("tokens.json").path(percentEncoded: false),
        ])
        for arguments in [
            ["init", "--workspace", "acme"], ["new", "agents"],
        ] {
            let ended = try await tool.run(arguments)
            try #require(ended.succeeded, "\(ended)")
        }
        let file = home.appending("agents/bundle.yaml")
        let lines = try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("workspace:") ? "workspace: acme" : String($0) }
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        let published = try await tool.run("publish", "agents", "-m", "first")
        try #require(published.succeeded, "\(published)")
    }

    /// Starts a daemon and waits until it is served.
    func serve(
        _ arguments: String..., environment: [String: String] = [:]
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

    /// Asks it to end, and waits until it has.
    func end() async throws {
        let note = try String(contentsOfFile: lock, encoding: .utf8)
        let process = try #require(
            note.split(separator: " ").dropFirst().first.flatMap { Int32($0) })
        try #require(Glibc.kill(process, SIGTERM) == 0)
        for _ in 0..<2000 where !log.contains("its workers go on") { usleep(5000) }
        #expect(log.contains("its workers go on"), "\(log)")
        program.stop()
    }

    /// Kills it.
    func kill() { program.stop() }
}
