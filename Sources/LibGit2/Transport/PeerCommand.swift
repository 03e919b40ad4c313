internal import Subprocess

/// A program that speaks the smart protocol on its standard input and output.
struct PeerCommand: Sendable {
    var program: String
    var arguments: [String]

    /// Where the program is looked for; nil means this process's own `PATH`.
    var searchPath: String?

    /// Everything that the program's process is given: no configuration of the host or a user, no
    /// replace refs, English messages, and protocol version 0, since version 2 serves any object.
    var environment: Environment {
        var variables: [Environment.Key: String] = [
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "LC_ALL": "C",
        ]
        variables["PATH"] = searchPath ?? ownSearchPath()
        return .custom(variables)
    }
}
