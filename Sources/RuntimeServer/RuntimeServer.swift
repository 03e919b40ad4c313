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
internal import Synchronization
public import WorkerRuntime

/// Serves a runtime over HTTP: what its library can, in the documents of `openapi.yaml`, with the
/// same results and codes and nothing added.
///
/// It opens nothing of the runtime and closes nothing: whoever owns the store decides how long.
public struct RuntimeServer: Service {
    /// Is told the ports of the addresses, in their order, as soon as all can be reached.
    public typealias Started = @Sendable (_ ports: [Int]) async -> Void

    private let configuration: RuntimeServerConfiguration
    private let handler: RequestHandler
    private let tokens: TokenTable
    private let metrics: Metrics
    private let socket: SocketPlace?
    private let server: HTTPServerBuilder
    private let plain: HTTPServerBuilder
    private let logger: Logger
    private let started: Started

    /// Reads the tokens and the files of TLS, before anything listens.
    ///
    /// Throws `host_policy_invalid` for a file of tokens or of TLS that cannot be used, and
    /// `invalid_request` when the server would be open to others without need, nobody could reach it,
    /// or the path of its socket is longer than one can be.
    public init(
        _ runtime: WorkerRuntime, _ configuration: RuntimeServerConfiguration, logger: Logger,
        started: @escaping Started = { _ in }
    ) throws(SheafError) {
        self.configuration = configuration
        self.logger = logger
        self.started = started
        let limits = configuration.limits
        tokens = try TokenTable(TokenFile(path: configuration.tokenFile))
        try Self.requireClosed(configuration, hasTokens: tokens.isClosed)
        socket = try configuration.socket.map { path throws(SheafError) in try SocketPlace(path) }
        let metrics = Metrics(RuntimeMetrics.families)
        let arrivals = Admission(
            maximumRunning: limits.arrivals, maximumWaiting: limits.waiting,
            patience: limits.patience)
        let documents = Admission(
            maximumRunning: limits.documents, maximumWaiting: limits.waiting,
            patience: limits.patience)
        let room = ByteBudget(maximum: max(limits.documentRoom, limits.workerBytes))
        let imports = Admission(
            maximumRunning: limits.imports, maximumWaiting: limits.waiting,
            patience: limits.fileTime)
        metrics.read {
            let (files, reading) = (arrivals.load, documents.load)
            return [
                (RuntimeMetrics.arriving, Double(files.running + room.shares)),
                (RuntimeMetrics.waiting, Double(files.waiting + reading.waiting)),
            ]
        }
        self.metrics = metrics
        handler = RequestHandler(
            runtime: runtime, sync: configuration.sync, limits: limits, arrivals: arrivals,
            room: room, documents: documents, imports: imports,
            file: FileArrival(
                folder: configuration.spoolFolder, maximumBytes: limits.fileBytes,
                time: limits.fileTime),
            owner: OwnerDesk(
                runtime: runtime, actions: configuration.owner ?? .plain(runtime),
                arrivals: configuration.spoolFolder),
            metrics: metrics, moreMetrics: configuration.metrics,
            requireReady: configuration.requireReady, complaints: Complaints())
        plain = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuard(stall: TimeAmount(limits.stall))],
                idleTimeout: TimeAmount(limits.idle)))
        server = try Self.secured(plain, configuration)
    }

    /// Serves until the process is told to end, then lets what is under way come to its end.
    public func run() async throws {
        let count = configuration.addresses.count + (configuration.socket == nil ? 0 : 1)
        let listening = Mutex<[Int: Int]>([:])
        let arrived: @Sendable (Int, Int) async -> Void = { [started, configuration] index, port in
            let ports = listening.withLock { ports in
                ports[index] = port
                return ports
            }
            guard ports.count == count else { return }
            await started(configuration.addresses.indices.map { ports[$0] ?? 0 })
        }
        var services: [any Service] = []
        for (index, address) in configuration.addresses.enumerated() {
            services.append(
                listener(
                    server, .hostname(address.host, port: address.port),
                    address.isLoopback ? .loopback : .network
                ) { await arrived(index, $0.localAddress?.port ?? address.port) })
        }
        let (faults, fault) = AsyncStream.makeStream(of: SheafError.self)
        let begun = try socket?.begin()
        if let socket, let begun {
            services.append(
                listener(plain, .unixDomainSocket(path: begun.path), .socket) { _ in
                    do throws(SheafError) {
                        try socket.publish(begun)
                        await arrived(-1, 0)
                    } catch {
                        fault.yield(error)
                    }
                })
        }
        defer {
            begun?.remove()
            socket?.remove()
        }
        let group = ServiceGroup(configuration: .init(services: services, logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            // A socket that others may open is none to go on with.
            tasks.addTask { for await fault in faults { throw fault } }
            defer { tasks.cancelAll() }
            try await tasks.next()
        }
    }

    private func listener(
        _ server: HTTPServerBuilder, _ address: BindAddress, _ door: Doorkeeper.Door,
        _ running: @escaping @Sendable (any Channel) async -> Void
    ) -> some Service {
        Application(
            responder: RuntimeResponder(
                doorkeeper: Doorkeeper(tokens: tokens, door: door), handler: handler,
                metrics: metrics, accessLog: logger),
            server: server,
            configuration: ApplicationConfiguration(
                address: address, serverName: "sheaf", backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.limits.connections)),
            onServerRunning: running, logger: logger)
    }

    private static func requireClosed(
        _ configuration: RuntimeServerConfiguration, hasTokens: Bool
    ) throws(SheafError) {
        guard !configuration.addresses.isEmpty || configuration.socket != nil else {
            throw SheafError(.invalidRequest, "nobody could reach this server")
        }
        try ServerExposure.requireClosed(
            configuration.addresses, hasTokens: hasTokens,
            isSecure: configuration.tls != nil || configuration.allowsPlainHTTP,
            advice: "name a certificate and its key, or allow plain HTTP behind a proxy that "
                + "speaks TLS")
    }

    private static func secured(
        _ plain: HTTPServerBuilder, _ configuration: RuntimeServerConfiguration
    ) throws(SheafError) -> HTTPServerBuilder {
        guard let tls = try configuration.tls?.configuration() else { return plain }
        do {
            return try .tls(plain, tlsConfiguration: tls)
        } catch {
            throw SheafError(.hostPolicyInvalid, "the files of TLS do not go together")
        }
    }
}
