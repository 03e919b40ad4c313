internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import GitServer
internal import HTTPServing
internal import Logging
internal import ServiceLifecycle
internal import SheafCommands
internal import UnixSignals

/// `sheaf serve`: the repositories of workspaces over HTTP.
struct ServeCommand: ServerVerb {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the repository of a workspace over HTTP, with the push gate.",
        discussion: """
            Any Git client can clone, fetch and push; runtimes pull releases from it. A workspace \
            is at /<workspace>.git, one bundle of it at /<workspace>/<bundle>.git, and the newest \
            releases at /<workspace>/releases and /<workspace>/<bundle>/releases.

            Without tokens only this machine is served, and everybody on it may read and push. As \
            soon as 'sheaf token create' has made one, every request needs one; Git asks for it as \
            a password. Other machines are served with tokens and over TLS only.

            The push gate is installed in the repository when it is missing.

            EXAMPLES
              sheaf serve --listen 127.0.0.1:7420
              sheaf serve --listen :7420 --tls-certificate server.pem --tls-key server.key
              sheaf serve --repository /srv/acme.git --repository /srv/umbrella.git
            """)

    @Option(
        help: ArgumentHelp("Where to listen; port 0 is any free one.", valueName: "host:port"))
    var listen = "127.0.0.1:7420"

    @Option(
        help: ArgumentHelp(
            "The bare repository of a workspace; may be repeated.",
            discussion: "Default: $SHEAF_REPOSITORY, or that of the user.", valueName: "path"),
        completion: .directory)
    var repository: [String] = []

    @Option(
        help: ArgumentHelp(
            "The file of tokens.", discussion: "Default: $SHEAF_TOKENS, or that of the user.",
            valueName: "path"), completion: .file())
    var tokens: String?

    @Option(help: ArgumentHelp("The server's certificate chain, PEM.", valueName: "path"))
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("The key of the certificate, PEM.", valueName: "path"))
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "Who signs for clients, PEM; with it every client needs a certificate.",
            valueName: "path"))
    var tlsClientAuthorities: String?

    @Flag(help: "Take tokens in clear from other machines, behind a proxy that speaks TLS.")
    var plainHTTP = false

    @Option(help: ArgumentHelp("Runs of git for fetches at once.", valueName: "count"))
    var fetches = ServerLimits().fetches

    @Option(help: ArgumentHelp("Megabytes of answers that are kept.", valueName: "count"))
    var cache = ServerLimits().cacheBytes >> 20

    @Flag(help: "Log every request.")
    var verbose = false

    func validate() throws {
        if (tlsCertificate == nil) != (tlsKey == nil) {
            throw ValidationError("'--tls-certificate' and '--tls-key' go together.")
        }
        if tlsClientAuthorities != nil, tlsCertificate == nil {
            throw ValidationError("'--tls-client-authorities' needs '--tls-certificate'.")
        }
        guard (1...256).contains(fetches) else {
            throw ValidationError("'--fetches' is between 1 and 256.")
        }
        guard (0...1 << 20).contains(cache) else {
            throw ValidationError("'--cache' is between 0 and 1048576.")
        }
    }

    /// How long requests that are under way have when the server is told to end.
    private static let longestEnd = Duration.seconds(30)

    func perform() async throws {
        let locations = DefaultLocations()
        let given = repository.isEmpty ? [try LocalRepository.path(nil, locations)] : repository
        let paths = given.map(DefaultLocations.absolute)
        for path in paths { try await Self.guardPushes(to: path) }
        var configuration = GitServerConfiguration(
            address: try ListenAddress(listen), repositories: paths,
            tokenFile: tokens ?? locations.tokenFile,
            environment: ProcessInfo.processInfo.environment)
        configuration.allowsPlainHTTP = plainHTTP
        configuration.limits.fetches = fetches
        configuration.limits.cacheBytes = cache << 20
        if let tlsCertificate, let tlsKey {
            configuration.tls = ServerTLS(
                certificate: tlsCertificate, key: tlsKey,
                clientAuthorities: tlsClientAuthorities)
        }
        var logger = Logger(label: "sheaf.serve") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = verbose ? .info : .warning
        let banner = ServeBanner(
            address: configuration.address, isSecure: configuration.tls != nil)
        let state = ServingState()
        let server = try await GitServer(configuration, logger: logger) { port, workspaces in
            state.begin()
            banner.show(port: port, workspaces: workspaces)
        }
        var services = ServiceGroupConfiguration(
            services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        services.maximumGracefulShutdownDuration = Self.longestEnd
        do {
            try await ServiceGroup(configuration: services).run()
        } catch let error as SheafError {
            throw error
        } catch  where state.hasBegun {
            // Requests that had not ended in the time for that were cut off.
            return
        } catch {
            throw SheafError(
                .ioError, "nothing can listen at \(configuration.address)",
                hint: "another program may have the port; --listen names another")
        }
    }

    /// A repository that takes pushes has the gate: what can be put right is, and the rest refuses.
    private static func guardPushes(to path: String) async throws(SheafError) {
        let doctor = try RepositoryDoctor(of: path, program: try ProgramFiles.sheaf())
        try await doctor.fix()
        let problem = try await doctor.examine().first {
            $0.kind.hasPrefix("hook") || $0.kind.hasPrefix("setting")
        }
        guard let problem else { return }
        throw SheafError(
            .conflict,
            "the repository '\(DisplayText.escape(path))' does not have the push gate: "
                + "\(problem.subject): \(problem.message)",
            hint: problem.advice.replacing("<repository>", with: path))
    }
}
