internal import BundleModel
internal import HTTPServing
internal import Logging
internal import WorkerRuntime

/// How a runtime's daemon runs: everything that can be set, checked.
struct RuntimeSettings: Sendable {
    /// How a line of the log is written.
    enum LogFormat: String, CaseIterable {
        /// For people.
        case text
        /// One object a line.
        case json
    }

    /// The runtime's store.
    var store: String
    /// The file of the host policy.
    var policy: String
    /// Where it listens beside the socket in its store.
    var listen: [ListenAddress]
    /// The file of tokens.
    var tokens: String
    /// With it HTTPS is spoken.
    var tls: ServerTLS?
    /// Whether tokens may be sent in clear beyond this machine.
    var allowsPlainHTTP = false
    /// The channels that are followed.
    var follow: Set<FollowedChannel> = []
    /// When.
    var schedule = FollowSchedule()
    /// What is logged.
    var logLevel = Logger.Level.info
    /// How.
    var logFormat = LogFormat.text
}
