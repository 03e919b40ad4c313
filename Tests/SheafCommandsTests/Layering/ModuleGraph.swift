/// What each module of the package may import.
///
/// The graph, from the bottom: the C modules, `LibGit2` over them, `BundleModel` beside it without
/// any input or output, `BundleRepository` over both, `AccessTokens`, `WorkerRuntime`,
/// `SheafCommands`, `sheaf`: none of these knows of HTTP. Over them `HTTPServing`, what servers have
/// in common, `GitServer`, `RuntimeServer` and `RuntimeClient` over the documents of
/// `RuntimeProtocol`, `ServerCommands`, `sheafd`.
/// `ParserProperties` says what holds for the parsers of the lower two, for tests and `SheafFuzz`.
enum ModuleGraph {
    /// Modules of the toolchain and the operating system, free to all but `BundleModel`.
    private static let platform: Set<String> = [
        "Darwin", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl",
        "Synchronization", "System", "SystemPackage",
    ]

    private static let own: [String: Set<String>] = [
        "LibGit2": ["CLibcurlShims", "Clibgit2", "CLibgit2Shims"],
        "BundleModel": [],
        "BundleRepository": ["BundleModel", "LibGit2"],
        "WorkerRuntime": ["BundleModel", "BundleRepository"],
        "AccessTokens": ["BundleModel", "BundleRepository", "LibGit2"],
        "SheafCommands": [
            "AccessTokens", "BundleModel", "BundleRepository", "LibGit2", "RuntimeProtocol",
            "WorkerRuntime",
        ],
        "sheaf": ["SheafCommands"],
        "HTTPServing": ["AccessTokens", "BundleModel", "LibGit2"],
        "GitServer": [
            "AccessTokens", "BundleModel", "BundleRepository", "HTTPServing", "LibGit2",
        ],
        "RuntimeProtocol": ["BundleModel"],
        "RuntimeServer": [
            "AccessTokens", "BundleModel", "BundleRepository", "HTTPServing", "RuntimeProtocol",
            "WorkerRuntime",
        ],
        "RuntimeClient": ["BundleModel", "RuntimeProtocol"],
        "ServerCommands": [
            "BundleModel", "BundleRepository", "GitServer", "HTTPServing", "RuntimeServer",
            "SheafCommands", "WorkerRuntime",
        ],
        "sheafd": ["ServerCommands"],
        "SheafBench": [
            "BundleModel", "BundleRepository", "LibGit2", "RuntimeClient", "RuntimeProtocol",
            "TestSupport", "WorkerRuntime",
        ],
        "TestSupport": [],
        "ParserProperties": ["BundleModel", "LibGit2"],
        "SheafFuzz": ["ParserProperties"],
    ]

    private static let foreign: [String: Set<String>] = [
        "LibGit2": ["Crypto", "Subprocess"],
        "BundleModel": ["Crypto", "Yams"],
        "BundleRepository": ["Crypto", "Logging", "Subprocess"],
        "WorkerRuntime": ["Crypto", "GRDB", "Logging", "Subprocess"],
        "AccessTokens": ["Crypto"],
        "SheafCommands": ["ArgumentParser", "Logging"],
        "sheaf": ["ArgumentParser"],
        "HTTPServing": [
            "HTTPTypes", "Hummingbird", "NIOCore", "NIOHTTP1", "NIOHTTPTypes", "NIOSSL",
        ],
        "GitServer": [
            "Crypto", "HTTPTypes", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging",
            "NIOCore", "NIOHTTP1", "NIOPosix", "ServiceLifecycle", "Subprocess",
        ],
        "ServerCommands": [
            "ArgumentParser", "Configuration", "Logging", "ServiceLifecycle", "UnixSignals",
        ],
        "RuntimeProtocol": [],
        "RuntimeServer": [
            "HTTPTypes", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging", "NIOCore",
            "NIOHTTP1", "ServiceLifecycle", "_NIOFileSystem",
        ],
        "RuntimeClient": [
            "AsyncHTTPClient", "HTTPTypes", "NIOCore", "NIOHTTP1", "NIOSSL", "_NIOFileSystem",
        ],
        "sheafd": [],
        "SheafBench": ["Crypto", "GRDB", "Subprocess"],
        "TestSupport": ["Subprocess"],
        "ParserProperties": [],
        "SheafFuzz": [],
    ]

    /// The modules that a module may import, or nil for one that is not in the graph.
    static func allowed(in module: String) -> Set<String>? {
        guard let own = own[module], let foreign = foreign[module] else { return nil }
        // The model is pure: of the platform it takes text and time, nothing that reads or writes.
        let platform: Set<String> =
            module == "BundleModel"
            ? ["Dispatch", "Foundation", "FoundationEssentials", "Synchronization"] : platform
        return own.union(foreign).union(platform)
    }
}
