internal import AccessTokens
public import BundleModel
internal import Foundation
internal import HTTPServing
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
public import Logging
internal import NIOCore
public import ServiceLifecycle

/// Serves the repositories of workspaces over Git's smart HTTP protocol.
///
/// Any Git client can clone, fetch and push. Pushes go through the gate of the repository; a token
/// sees the branches and objects of its bundles and nothing else. What a fleet asks alike is
/// answered once.
public struct GitServer: Service {
    /// Is told the port and the workspaces as soon as they can be reached.
    public typealias Started = @Sendable (_ port: Int, _ workspaces: [WorkspaceID]) async -> Void

    private let configuration: GitServerConfiguration
    private let responder: RequestResponder
    private let repositories: [ServedRepository]
    private let server: HTTPServerBuilder
    private let logger: Logger
    private let started: Started

    /// Opens the repositories and reads the tokens, before anything listens.
    ///
    /// Throws `not_found` and `store_corrupt` for a repository, `host_policy_invalid` for a file
    /// of tokens or of TLS that cannot be used, `conflict` for two repositories of one workspace,
    /// and `invalid_request` when the server would be open to others without need.
    public init(
        _ configuration: GitServerConfiguration, logger: Logger,
        started: @escaping Started = { _, _ in }
    ) async throws(SheafError) {
        self.configuration = configuration
        self.logger = logger
        self.started = started
        let limits = configuration.limits
        let tokens = try TokenTable(TokenFile(path: configuration.tokenFile))
        try ServerExposure.requireClosed(
            [configuration.address], hasTokens: tokens.isClosed,
            isSecure: configuration.tls != nil || configuration.allowsPlainHTTP,
            advice: "give --tls-certificate and --tls-key, or --plain-http behind a proxy that "
                + "speaks TLS")
        let git = try GitService.Program(environment: configuration.environment)
        let cache = ResponseCache(maximumBytes: limits.cacheBytes)
        var served: [WorkspaceID: ServedRepository] = [:]
        for path in configuration.repositories {
            let repository = try await ServedRepository(path: path, git: git, cache: cache)
            if served.updateValue(repository, forKey: repository.workspace) != nil {
                throw SheafError(
                    .conflict, "two repositories are of the workspace '\(repository.workspace)'")
            }
        }
        repositories = Array(served.values)
        let spoolBudget = ByteBudget(maximum: limits.spoolBytes)
        let spoolFolder = configuration.environment["TMPDIR"] ?? Self.largeFiles
        let metrics = Metrics(ServerMetrics.families)
        let fetching = Admission(
            maximumRunning: limits.fetches, maximumWaiting: limits.waiting,
            patience: limits.patience)
        let pushing = Admission(
            maximumRunning: limits.pushes, maximumWaiting: limits.waiting,
            patience: limits.patience)
        Self.readGauges(metrics, fetching, pushing, cache, repositories)
        responder = RequestResponder(
            repositories: served, tokens: tokens,
            isOpenWithoutTokens: configuration.address.isLoopback,
            fetches: FetchHandler(
                limits: limits, admission: fetching, metrics: metrics, logger: logger,
                spoolFolder: spoolFolder, spoolBudget: spoolBudget),
            pushes: PushHandler(
                limits: limits, admission: pushing, metrics: metrics, logger: logger,
                spoolFolder: spoolFolder, spoolBudget: spoolBudget),
            releases: ReleasesHandler(limits: limits),
            turns: RequestTurns(maximum: limits.requests), metrics: metrics, accessLog: logger)
        server = try Self.server(configuration)
    }

    /// Serves until the process is told to end, then lets what is under way come to its end.
    public func run() async throws {
        let address = configuration.address
        let application = Application(
            responder: responder, server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: "sheaf",
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.limits.connections)),
            services: [BranchWatch(repositories: repositories, interval: .milliseconds(250))],
            onServerRunning: { channel in
                await started(channel.localAddress?.port ?? address.port, workspaces)
            },
            logger: logger)
        // Whoever waits for a release is let go first: the server ends when its requests have.
        try await withGracefulShutdownHandler {
            try await application.run()
        } onGracefulShutdown: { [repositories] in
            for repository in repositories { repository.close() }
        }
    }

    /// Where files go that may be large: /tmp may be memory. Source: file-hierarchy(7).
    private static var largeFiles: String {
        FileManager.default.isWritableFile(atPath: "/var/tmp")
            ? "/var/tmp" : NSTemporaryDirectory()
    }

    /// The workspaces that are served, by name.
    public var workspaces: [WorkspaceID] { repositories.map(\.workspace).sorted() }

    private static func server(
        _ configuration: GitServerConfiguration
    ) throws(SheafError) -> HTTPServerBuilder {
        let limits = configuration.limits
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [
                    ConnectionGuard(stall: TimeAmount(limits.stall))
                ], idleTimeout: TimeAmount(limits.idle)))
        guard let tls = try configuration.tls?.configuration() else { return plain }
        do {
            return try .tls(plain, tlsConfiguration: tls)
        } catch {
            throw SheafError(.hostPolicyInvalid, "the files of TLS do not go together")
        }
    }

    private static func readGauges(
        _ metrics: Metrics, _ fetching: Admission, _ pushing: Admission, _ cache: ResponseCache,
        _ repositories: [ServedRepository]
    ) {
        metrics.read {
            let (fetches, pushes, cached) = (fetching.load, pushing.load, cache.size)
            let waiters = repositories.reduce(0) { $0 + $1.waiters }
            return [
                (ServerMetrics.running, Double(fetches.running + pushes.running)),
                (ServerMetrics.queued, Double(fetches.waiting + pushes.waiting)),
                (ServerMetrics.waiters, Double(waiters)),
                (ServerMetrics.cached, Double(cached.entries)),
                (ServerMetrics.cachedBytes, Double(cached.bytes)),
            ]
        }
    }
}
