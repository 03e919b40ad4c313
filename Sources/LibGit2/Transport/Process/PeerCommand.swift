#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A program that speaks the smart protocol on its standard input and output.
struct PeerCommand: Sendable {
    var program: String
    var arguments: [String]

    /// A repository that git may read whoever owns it: its caller named exactly this one.
    var trustedPath: String?

    /// How many bytes it and what it starts may allocate, where it works on this host on what
    /// somebody else wrote; nil for no limit.
    var memory: Int?

    /// Variables of this process that the program needs.
    var inherited: [String] = []

    /// Where the program is looked for, and what it is given as `PATH`.
    var searchPath: String

    /// With this process's own `PATH` unless there is another.
    init(
        program: String, arguments: [String], trustedPath: String? = nil, searchPath: String?
    ) {
        self.program = program
        self.arguments = arguments
        self.trustedPath = trustedPath
        self.searchPath = searchPath ?? Self.variable("PATH") ?? ""
    }

    private static func variable(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    /// Everything that the program's process is given: no configuration of the host or a user, no
    /// replace refs, English messages, and protocol version 0, since version 2 serves any object.
    var environment: [String] {
        let variables =
            [
                "PATH=\(searchPath)", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
                "GIT_NO_REPLACE_OBJECTS=1", "GIT_NO_LAZY_FETCH=1", "LC_ALL=C",
            ] + inherited.compactMap { name in Self.variable(name).map { "\(name)=\($0)" } }
        // safe.directory(git-config): without it git serves no repository of another user, and it
        // is read from the system, the user or the command alone. `*` would mean every repository.
        guard let trustedPath, trustedPath != "*" else { return variables }
        return variables + [
            "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory",
            "GIT_CONFIG_VALUE_0=\(trustedPath)",
        ]
    }

    /// The program's file: the first that can be run in an absolute folder of the search path.
    var file: String? {
        searchPath.split(separator: ":").lazy
            .filter { $0.hasPrefix("/") }
            .map { "\($0)/\(program)" }
            .first { unsafe access($0, X_OK) == 0 && !FolderListing.exists($0) }
    }
}
