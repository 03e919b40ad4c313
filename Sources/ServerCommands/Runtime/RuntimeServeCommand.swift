internal import ArgumentParser
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

/// `sheaf runtime`: what of it needs a server.
struct RuntimeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runtime", abstract: "The runtime as a daemon.",
        subcommands: [RuntimeServeCommand.self])
}

/// `sheaf runtime serve`: follows channels, and serves the runtime's REST API.
struct RuntimeServeCommand: ServerVerb {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Follow channels, and serve the runtime over HTTP.",
        discussion: """
            The daemon owns the store. It fetches, verifies and accepts what the channels that it \
            follows release, and answers /v1/…, /healthz, /readyz, /metrics and /openapi.yaml. \
            What it follows is what the configuration says and what was synced through it; \
            everything goes on from the store when the network is gone, also after a restart. \
            Workers go on when the daemon ends, and are found again.

            'sheaf worker' and 'sheaf runtime' work beside it, through the socket runtime.sock in \
            the store; its own host policy decides.

            Flags come before variables, and those before the file. A variable is \
            SHEAF_RUNTIME_ and the key: SHEAF_RUNTIME_SYNC_INTERVAL=30s. SIGHUP has the host \
            policy read again.

            Without tokens only this machine is served, and everybody on it may do everything. As \
            soon as 'sheaf token create' has made one, every request needs one.

            EXAMPLES
              sheaf runtime serve --follow acme/support-agents@stable
              sheaf runtime serve --config /etc/sheaf/runtime.yaml
              sheaf runtime serve --listen 127.0.0.1:7430 --set sync.interval=10s
            """)

    @Option(
        help: ArgumentHelp("The file of settings.", valueName: "path"),
        completion: .file(extensions: ["yaml", "json"]))
    var config: String?

    @Option(
        help: ArgumentHelp(
            "The runtime's store.",
            discussion: "Default: $SHEAF_STORE, or that of the user.", valueName: "path"),
        completion: .directory)
    var store: String?

    @Option(help: ArgumentHelp("The host policy.", valueName: "path"), completion: .file())
    var policy: String?

    @Option(
        help: ArgumentHelp(
            "Where to listen; port 0 is any free one. May be repeated.", valueName: "host:port"))
    var listen: [String] = []

    @Option(help: ArgumentHelp("The file of tokens.", valueName: "path"), completion: .file())
    var tokens: String?

    @Option(
        help: ArgumentHelp(
            "A channel to follow; may be repeated.", valueName: "workspace/bundle@channel"))
    var follow: [String] = []

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Any key of the file; may be repeated.", valueName: "key=value"))
    var assignments: [String] = []

    /// What the flags say, by key.
    func flags() throws(SheafError) -> [SettingKey: [String]] {
        var flags: [SettingKey: [String]] = [:]
        for assignment in assignments {
            let parts = assignment.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let key = SettingKey(rawValue: parts[0]) else {
                throw SheafError(
                    .invalidRequest,
                    "'--set \(DisplayText.excerpt(assignment))' names no key, or no value",
                    hint: "keys: "
                        + SettingKey.allCases.map(\.rawValue).joined(separator: ", "))
            }
            flags[key, default: []].append(parts[1])
        }
        for (key, value) in [
            (SettingKey.store, store), (.policy, policy), (.tokens, tokens),
        ] {
            if let value { flags[key] = [value] }
        }
        if !listen.isEmpty { flags[.listen] = listen }
        if !follow.isEmpty { flags[.follow] = follow }
        return flags
    }

    func perform() async throws {
        let environment = ProcessInfo.processInfo.environment
        let settings = try SettingsReader.read(
            file: config.map(DefaultLocations.absolute), flags: try flags(),
            environment: environment)
        let daemon = try await RuntimeDaemon(settings, environment: environment)
        try await daemon.run()
    }
}
