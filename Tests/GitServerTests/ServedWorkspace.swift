import BundleModel
import Foundation
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import AccessTokens
@testable import GitServer
@testable import HTTPServing

/// A workspace with two bundles and a server in this process, on a port of its own.
struct ServedWorkspace: Sendable {
    let home: TemporaryDirectory
    let tool: CommandLineTool
    let port: Int
    /// Has the server, which it ends gracefully when told to.
    let services: ServiceGroup

    /// The file of tokens; there is none until a token is made.
    var tokens: TokenFile { TokenFile(path: home.appending("tokens.json").path()) }
    var repository: String { home.appending("acme.git").path() }
    var base: String { "http://127.0.0.1:\(port)" }

    /// Git with a home of its own; a token is given as a password in the URL by ``url(_:_:)``.
    var git: GitOracle { GitOracle(in: home.url) }

    func url(_ path: String, _ token: TokenSecret? = nil) -> String {
        "http://\(token.map { "git:\($0.text)@" } ?? "")127.0.0.1:\(port)/\(path)"
    }

    /// Makes a token; the server sees it within a second, so tests make them before it starts.
    static func token(
        in file: TokenFile, _ scopes: Set<AccessScope>, bundles: Set<BundleID>? = nil,
        workspace: String = "acme", expiresAt: Date? = nil
    ) throws -> TokenSecret {
        let secret = TokenSecret()
        try file.add(
            AccessToken(
                secret, workspace: WorkspaceID(workspace), bundles: bundles, scopes: scopes,
                createdAt: Date(timeIntervalSince1970: 0), expiresAt: expiresAt, note: nil))
        return secret
    }

    /// Publishes `agents` and `helpers`, prepares, serves, and runs the body.
    static func with(
        limits: ServerLimits = ServerLimits(), searchPath: String? = nil,
        tls: (TemporaryDirectory) async throws -> ServerTLS? = { _ in nil },
        prepare: (TokenFile, CommandLineTool) async throws -> Void = { _, _ in },
        _ body: @escaping @Sendable (ServedWorkspace) async throws -> Void
    ) async throws {
        let home = try TemporaryDirectory("sheaf-served")
        let repository = home.appending("acme.git").path()
        let tool = try CommandLineTool(home: home.url)
            .with(["SHEAF_REPOSITORY": repository])
        try #require(await tool.run("init", "--workspace", "acme").succeeded)
        for bundle in ["agents", "helpers"] {
            try #require(await tool.run("new", bundle).succeeded)
            try publishable(home, bundle)
            let published = try await tool.run("publish", bundle, "-m", "first of \(bundle)")
            try #require(published.succeeded, "\(published)")
        }
        let file = TokenFile(path: home.appending("tokens.json").path())
        try await prepare(file, tool)
        var configuration = GitServerConfiguration(
            address: try ListenAddress("127.0.0.1:0"), repositories: [repository],
            tokenFile: file.path,
            environment: TestEnvironment.base.merging(
                searchPath.map { ["PATH": $0] } ?? [:]
            ) { $1 })
        configuration.limits = limits
        configuration.tls = try await tls(home)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = try await GitServer(configuration, logger: logger) { number, _ in
            port.yield(number)
        }
        let services = ServiceGroup(
            configuration: .init(
                services: [
                    .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)
                ], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            var numbers = ports.makeAsyncIterator()
            let number = try #require(await numbers.next())
            defer { group.cancelAll() }
            try await body(
                ServedWorkspace(
                    home: home, tool: tool, port: number, services: services))
        }
    }

    /// The workspace of a new bundle is the user's to name.
    private static func publishable(_ home: TemporaryDirectory, _ bundle: String) throws {
        let file = home.appending("\(bundle)/bundle.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.hasPrefix("workspace:") ? "workspace: acme" : String($0)
        }
        try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    }

    /// Changes a bundle's description and publishes it; gives the output of `publish`.
    func publishAgain(_ bundle: String, _ words: String) async throws {
        let file = home.appending("\(bundle)/bundle.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.hasPrefix("description:") ? "description: \(words)" : String($0)
        }
        try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        let published = try await tool.run("publish", bundle, "-m", words)
        try #require(published.succeeded, "\(published)")
    }

    /// Sends bytes on a connection of their own, and gives everything that comes back.
    func send(_ text: String) async throws -> RawAnswer {
        try await RawConnection.exchange(port: port, Array(text.utf8))
    }

    func get(_ path: String, _ token: TokenSecret? = nil) async throws -> RawAnswer {
        try await send(Self.head("GET", path, token) + "\r\n")
    }

    func post(
        _ path: String, _ type: String, _ body: [UInt8], _ token: TokenSecret? = nil,
        fields: String = ""
    ) async throws -> RawAnswer {
        let head =
            Self.head("POST", path, token)
            + "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n\(fields)\r\n"
        return try await RawConnection.exchange(port: port, Array(head.utf8) + body)
    }

    static func head(_ method: String, _ path: String, _ token: TokenSecret?) -> String {
        let credential = token.map { "Authorization: Bearer \($0.text)\r\n" } ?? ""
        return "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(credential)"
    }
}
