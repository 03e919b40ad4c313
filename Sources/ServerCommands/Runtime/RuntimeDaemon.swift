internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import HTTPServing
internal import Logging
internal import RuntimeServer
internal import ServiceLifecycle
internal import SheafCommands
internal import UnixSignals
internal import WorkerRuntime

/// A runtime that keeps itself current and is served: it owns its store until it ends.
struct RuntimeDaemon {
    private let settings: RuntimeSettings
    private let runtime: WorkerRuntime
    private let follower: ChannelFollower<RuntimeSource>
    private let server: RuntimeServer
    private let manager: ServiceNotices
    private let logger: Logger
    private let state = ServingState()

    /// Opens the store, and finds out about workers that outlived the daemon before.
    ///
    /// Throws `store_busy` with who owns the store, and what opening and serving throw.
    init(_ settings: RuntimeSettings, environment: [String: String]) async throws(SheafError) {
        self.settings = settings
        let (level, isJSON) = (settings.logLevel, settings.logFormat == .json)
        let logger = Logger(label: "sheaf.runtime") { label in
            DaemonLog(label, level: level, isJSON: isJSON)
        }
        self.logger = logger
        manager = ServiceNotices(
            environment: environment,
            process: Int(ProcessInfo.processInfo.processIdentifier))
        let launcher = ProcessLauncher(
            store: settings.store,
            supervisor: [try ProgramFiles.sheaf()] + SupervisedWorker.words)
        let runtime = try WorkerRuntime.open(
            store: settings.store, policy: settings.policy, launcher: launcher, logger: logger)
        self.runtime = runtime
        try await runtime.settleWorkers()
        try await runtime.follow(configured: settings.follow)
        let metrics = FollowMetrics()
        let follower = ChannelFollower(
            RuntimeSource(runtime), schedule: settings.schedule, logger: logger,
            observe: { metrics.note($0) })
        self.follower = follower
        await follower.follow(try await runtime.followedChannels())
        server = try Self.server(settings, runtime, follower, metrics, manager, logger, state)
    }

    /// Where bundle files arrive: in the store, so that what a daemon that was killed left is
    /// removed here.
    private static func arrivals(ofStore store: String) throws(SheafError) -> String {
        let folder = RuntimeSocket.arrivals(ofStore: store)
        do {
            try? FileManager.default.removeItem(atPath: folder)
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw SheafError(.ioError, "the store has no room for files that arrive")
        }
        return folder
    }

    private static func server(
        _ settings: RuntimeSettings, _ runtime: WorkerRuntime,
        _ follower: ChannelFollower<RuntimeSource>, _ metrics: FollowMetrics,
        _ manager: ServiceNotices, _ logger: Logger, _ state: ServingState
    ) throws(SheafError) -> RuntimeServer {
        let socket = RuntimeSocket.path(ofStore: settings.store)
        let hasSocket = HostSocket.canBe(at: socket)
        if !hasSocket {
            logger.warning(
                """
                the store's path is too long for a socket; commands that write do not work beside \
                this daemon
                """)
        }
        var configuration = RuntimeServerConfiguration(
            addresses: settings.listen, socket: hasSocket ? socket : nil,
            tokenFile: settings.tokens,
            spoolFolder: try arrivals(ofStore: settings.store))
        configuration.tls = settings.tls
        configuration.allowsPlainHTTP = settings.allowsPlainHTTP
        let deadline = settings.schedule.deadline + .seconds(30)
        configuration.sync = { workspace, bundle, channel throws(SheafError) in
            let channel = try await runtime.channel(bundle, on: channel, workspace: workspace)
            return try await follower.sync(channel, deadline: deadline)
        }
        configuration.owner = OwnerActions(
            sync: { channel, time throws(SheafError) in
                try await follower.sync(channel, deadline: time, transfer: time)
            }, ended: { await follower.unfollow($0) })
        configuration.requireReady = { () throws(SheafError) in try await runtime.requireReady() }
        configuration.metrics = { await metrics.text(runtime, await follower.load, of: $0) }
        let (addresses, isSecure) = (settings.listen, settings.tls != nil)
        let follows = settings.follow.count
        return try RuntimeServer(runtime, configuration, logger: logger) { ports in
            for (address, port) in zip(addresses, ports) {
                let host = address.host.contains(":") ? "[\(address.host)]" : address.host
                Console(.text).complain(
                    "serving the runtime at \(isSecure ? "https" : "http")://\(host):\(port)\n")
            }
            logger.notice(
                "the runtime is served",
                metadata: [
                    "addresses": "\(addresses.count)", "socket": "\(hasSocket)",
                    "configured": "\(follows)",
                ])
            state.begin()
            manager.ready("following and serving")
        }
    }

    /// Follows and serves until the process is told to end; workers go on.
    func run() async throws {
        let (runtime, follower) = (runtime, follower)
        // Told to end from the last to the first: whoever waits for a sync is let go before the
        // server waits for its requests.
        let services: [any Service] = [
            server, ReloadService(runtime: runtime, follower: follower, logger: logger),
            FollowService(follower: follower),
            ManagerService(manager: manager) { try? await runtime.requireReady() },
        ]
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as SheafError {
            throw error
        } catch  where state.hasBegun {
            logger.warning("requests that did not end in time were cut off")
        } catch {
            throw SheafError(
                .ioError, "nothing can listen at an address of the runtime",
                hint: "another program may have the port; --listen names another")
        }
        logger.notice("the runtime has ended; its workers go on")
    }
}
