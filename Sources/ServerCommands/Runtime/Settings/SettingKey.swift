internal import BundleModel
internal import Configuration

/// What can be set of a runtime's daemon: in its file, by a variable or by a flag.
///
/// The raw values are the keys as the file has them, sections with a dot.
enum SettingKey: String, CaseIterable {
    case store
    case policy
    case listen
    case tokens
    case plainHttp
    case tlsCertificate = "tls.certificate"
    case tlsKey = "tls.key"
    case tlsClientAuthorities = "tls.clientAuthorities"
    case follow
    case syncInterval = "sync.interval"
    case syncJitter = "sync.jitter"
    case syncRetry = "sync.retry"
    case syncMaximumRetry = "sync.maximumRetry"
    case syncDeadline = "sync.deadline"
    case syncFetches = "sync.fetches"
    case syncLongPoll = "sync.longPoll"
    case logLevel = "log.level"
    case logFormat = "log.format"

    /// What a variable of the environment begins with.
    static let variablePrefix = "SHEAF_RUNTIME_"

    /// The names of the key, a section's first.
    var path: [String] { rawValue.split(separator: ".").map(String.init) }

    /// The key as swift-configuration has it.
    var key: ConfigKey { ConfigKey(path) }

    /// The variable that sets it, as swift-configuration finds it.
    var variable: String {
        var name = ""
        for character in rawValue {
            if character == "." {
                name += "_"
            } else {
                if character.isUppercase { name += "_" }
                name += character.uppercased()
            }
        }
        return Self.variablePrefix + name
    }

    /// Whether it takes a list.
    var isList: Bool { self == .follow || self == .listen }
}
