import AccessTokens
import BundleModel
import Foundation
import HTTPServing
import Logging
import RuntimeClient
import RuntimeProtocol
import RuntimeServer
import ServiceLifecycle
import TestSupport
import Testing
import WorkerRuntime

/// A repository with releases of two bundles, and runtimes that follow it, each in a store of its own.
struct RuntimeHost: Sendable {
    let home: TemporaryDirectory
    let tool: CommandLineTool

    var repository: String { home.appending("acme.git").path() }
    var tokens: TokenFile { TokenFile(path: home.appending("tokens.json").path()) }
    var policy: String { home.appending("policy.yaml").path() }

    static let acme = try? WorkspaceID("acme")
    static let agents = try? BundleID("agents")

    init() async throws {
        home = try TemporaryDirectory("sheaf-runtime-server")
        let repository = home.appending("acme.git").path()
        tool = try CommandLineTool(home: home.url).with(["SHEAF_REPOSITORY": repository])
        try await succeed("init", "--workspace", "acme")
        for bundle in ["agents", "helpers"] {
            try await succeed("new", bundle)
            try edit(bundle, "workspace:", "workspace: acme")
            try await publish(bundle, "first of \(bundle)")
        }
        try write(policy: Self.openPolicy(repository))
    }

    static func openPolicy(_ repository: String) -> String {
        """
        schema: sheaf/host-policy/v1
        builtin: allow
        workspaces:
          acme: { repository: "\(repository)", bundles: [agents, helpers] }

        """
    }

    func write(policy text: String) throws {
        try home.write(text, to: "policy.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: policy)
    }

    func succeed(_ words: String...) async throws {
        let output = try await tool.run(words)
        try #require(output.succeeded, "\(output)")
    }

    /// Gives a bundle another description, and publishes it on `latest`.
    func publish(_ bundle: String, _ words: String) async throws {
        try edit(bundle, "description:", "description: \(words)")
        try await succeed("publish", bundle, "-m", words)
    }

    private func edit(_ bundle: String, _ start: String, _ line: String) throws {
        let file = home.appending("\(bundle)/bundle.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.hasPrefix(start) ? line : String($0)
        }
        try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    }

    /// Adds another workspace to the host, with a repository of its own and a bundle `others`.
    func addWorkspace(
        _ name: String, serving bundles: String = "others"
    ) async throws -> WorkspaceID {
        let place = home.appending("\(name).git").path()
        let other = tool.with(["SHEAF_REPOSITORY": place])
        for words in [
            ["init", "--workspace", name], ["new", "others"], ["publish", "others", "-m", "first"],
        ] {
            if words[0] == "publish" { try edit("others", "workspace:", "workspace: \(name)") }
            let output = try await other.run(words)
            try #require(output.succeeded, "\(output)")
        }
        try write(
            policy: Self.openPolicy(repository)
                + "  \(name): { repository: \"\(place)\", bundles: [\(bundles)] }\n")
        return try WorkspaceID(name)
    }

    /// Opens a runtime over a store of this name.
    func runtime(_ store: String) throws -> WorkerRuntime {
        try WorkerRuntime.open(store: home.appending(store).path(), policy: policy)
    }

    /// Makes a token.
    func token(
        _ scopes: Set<AccessScope>, bundles: Set<BundleID>? = nil, workspace: String = "acme",
        expiresAt: Date? = nil
    ) throws -> String {
        let secret = TokenSecret()
        try tokens.add(
            AccessToken(
                secret, workspace: WorkspaceID(workspace), bundles: bundles, scopes: scopes,
                createdAt: Date(timeIntervalSince1970: 0), expiresAt: expiresAt, note: nil))
        return secret.text
    }

    /// Serves a runtime on a port of its own and on a socket, and runs the body.
    func serve(
        _ runtime: WorkerRuntime, limits: RuntimeServerLimits = RuntimeServerLimits(),
        change: (inout RuntimeServerConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (ServedRuntime) async throws -> Void
    ) async throws {
        let socket = home.appending("s-\(UInt32.random(in: 0 ... .max))").path()
        try home.makeDirectory("spool")
        var configuration = RuntimeServerConfiguration(
            addresses: [try ListenAddress("127.0.0.1:0")], socket: socket,
            tokenFile: tokens.path, spoolFolder: home.appending("spool").path())
        configuration.limits = limits
        change(&configuration)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = try RuntimeServer(runtime, configuration, logger: logger) { found in
            port.yield(found.first ?? 0)
        }
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var numbers = ports.makeAsyncIterator()
            let number = try #require(await numbers.next())
            let served = ServedRuntime(host: self, runtime: runtime, port: number, socket: socket)
            do {
                try await body(served)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// What is in the folder where files arrive.
    var arriving: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: home.appending("spool").path()))
            ?? []
    }
}

/// A runtime that is served.
struct ServedRuntime: Sendable {
    let host: RuntimeHost
    let runtime: WorkerRuntime
    let port: Int
    let socket: String

    /// Asks with a client, which is closed at the end.
    func client<Value: Sendable>(
        _ token: String? = nil, overSocket: Bool = false,
        _ body: (RuntimeClient) async throws -> Value
    ) async throws -> Value {
        let endpoint =
            overSocket
            ? RuntimeEndpoint(socket: socket) : try RuntimeEndpoint("http://127.0.0.1:\(port)")
        let client = try RuntimeClient(RuntimeClientConfiguration(endpoint, token: token))
        do {
            let value = try await body(client)
            try await client.shutdown()
            return value
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    /// Sends bytes on a connection of their own, and gives everything that comes back.
    func send(_ bytes: [UInt8]) async throws -> RawAnswer {
        try await RawConnection.exchange(port: port, bytes)
    }

    func ask(
        _ method: String, _ path: String, _ token: String? = nil, type: String? = nil,
        body: [UInt8]? = nil, fields: String = "", host: String = "localhost",
        overSocket: Bool = false
    ) async throws -> RawAnswer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n"
        if let token { head += "Authorization: Bearer \(token)\r\n" }
        if let type { head += "Content-Type: \(type)\r\n" }
        if let body { head += "Content-Length: \(body.count)\r\n" }
        let bytes = Array("\(head)\(fields)\r\n".utf8) + (body ?? [])
        return overSocket
            ? try await RawConnection.exchange(socket: socket, bytes) : try await send(bytes)
    }
}
