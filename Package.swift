// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every target of our own: Swift 6, no unsafe code without a word for it,
/// no warning left standing.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let asyncHTTPClient = Target.Dependency.product(
    name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioFileSystem = Target.Dependency.product(name: "_NIOFileSystem", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let serviceLifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(
    name: "UnixSignals", package: "swift-service-lifecycle")
let configuration = Target.Dependency.product(
    name: "Configuration", package: "swift-configuration")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "sheaf",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "BundleModel", targets: ["BundleModel"]),
        .library(name: "BundleRepository", targets: ["BundleRepository"]),
        .library(name: "WorkerRuntime", targets: ["WorkerRuntime"]),
        .library(name: "RuntimeClient", targets: ["RuntimeClient", "RuntimeProtocol"]),
        .executable(name: "sheaf", targets: ["sheaf"]),
        .executable(name: "sheafd", targets: ["sheafd"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(
            name: "Clibgit2",
            pkgConfig: "libgit2",
            providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
        .target(
            name: "CLibgit2Shims",
            dependencies: ["Clibgit2"],
            linkerSettings: [.linkedLibrary("z")]),
        // libcurl is loaded when it is first needed: its headers are found where the system has
        // them, and nothing is linked to it.
        .target(name: "CLibcurlShims"),
        .target(
            name: "LibGit2",
            dependencies: [
                "CLibcurlShims", "Clibgit2", "CLibgit2Shims", crypto, systemPackage,
            ],
            swiftSettings: strict),
        .target(
            name: "BundleModel",
            dependencies: [crypto, yams],
            resources: [.embedInCode("Schemas"), .embedInCode("Boundary/Rules")],
            swiftSettings: strict),
        .target(
            name: "BundleRepository",
            dependencies: ["BundleModel", "LibGit2", subprocess, systemPackage],
            swiftSettings: strict),
        .target(
            name: "WorkerRuntime",
            dependencies: [
                "BundleModel", "BundleRepository", grdb, logging, subprocess, systemPackage,
            ],
            resources: [.embedInCode("Schemas")],
            swiftSettings: strict),
        .target(
            name: "AccessTokens",
            dependencies: ["BundleModel", "BundleRepository", "LibGit2", crypto],
            swiftSettings: strict),
        .target(
            name: "HTTPServing",
            dependencies: [
                "AccessTokens", "BundleModel", "LibGit2", httpTypes, hummingbird, nioCore, nioHTTP1,
                nioHTTPTypes, nioSSL,
            ],
            swiftSettings: strict),
        .target(
            name: "GitServer",
            dependencies: [
                "AccessTokens", "BundleModel", "BundleRepository", "HTTPServing", "LibGit2",
                crypto, httpTypes, hummingbird, hummingbirdCore, hummingbirdTLS, logging, nioCore,
                nioHTTP1, nioPosix, serviceLifecycle, subprocess, systemPackage,
            ],
            swiftSettings: strict),
        .target(
            name: "RuntimeProtocol", dependencies: ["BundleModel"], swiftSettings: strict),
        .target(
            name: "RuntimeServer",
            dependencies: [
                "AccessTokens", "BundleModel", "BundleRepository", "HTTPServing",
                "RuntimeProtocol", "WorkerRuntime", httpTypes, hummingbird, hummingbirdCore,
                hummingbirdTLS, logging, nioCore, nioFileSystem, nioHTTP1, serviceLifecycle,
                systemPackage,
            ],
            resources: [.embedInCode("Contract")],
            swiftSettings: strict),
        .target(
            name: "RuntimeClient",
            dependencies: [
                "BundleModel", "RuntimeProtocol", asyncHTTPClient, httpTypes, nioCore,
                nioFileSystem, nioHTTP1, nioSSL, systemPackage,
            ],
            swiftSettings: strict),
        .target(
            name: "SheafCommands",
            dependencies: [
                "AccessTokens", "BundleModel", "BundleRepository", "LibGit2", "RuntimeProtocol",
                "WorkerRuntime", argumentParser, systemPackage,
            ],
            resources: [.embedInCode("Schemas")],
            swiftSettings: strict),
        .target(
            name: "ServerCommands",
            dependencies: [
                "BundleModel", "BundleRepository", "GitServer", "HTTPServing", "RuntimeServer",
                "SheafCommands", "WorkerRuntime", argumentParser, configuration, logging,
                serviceLifecycle, unixSignals,
            ],
            swiftSettings: strict),
        .executableTarget(name: "sheaf", dependencies: ["SheafCommands"], swiftSettings: strict),
        .executableTarget(
            name: "sheafd", dependencies: ["ServerCommands"], exclude: ["Service"],
            swiftSettings: strict),
        .executableTarget(
            name: "sheaf-bench",
            dependencies: [
                "BundleModel", "BundleRepository", "LibGit2", "RuntimeClient", "RuntimeProtocol",
                "TestSupport", "WorkerRuntime", crypto, grdb, subprocess, systemPackage,
            ],
            path: "Sources/SheafBench",
            swiftSettings: strict),
        .target(
            name: "TestSupport",
            dependencies: [subprocess, systemPackage],
            swiftSettings: strict),
        .target(
            name: "ParserProperties",
            dependencies: ["BundleModel", "LibGit2"],
            swiftSettings: strict),
        .testTarget(
            name: "ParserPropertiesTests", dependencies: ["ParserProperties", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "LibGit2Tests", dependencies: ["LibGit2", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "BundleModelTests", dependencies: ["BundleModel", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "BundleRepositoryTests",
            dependencies: ["BundleRepository", "LibGit2", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "WorkerRuntimeTests",
            dependencies: [
                "WorkerRuntime", "BundleRepository", "LibGit2", "TestSupport", "sheaf", grdb,
                logging,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AccessTokensTests",
            dependencies: ["AccessTokens", "BundleModel", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "GitServerTests",
            dependencies: [
                "AccessTokens", "BundleModel", "GitServer", "HTTPServing", "TestSupport", "sheaf",
                logging, nioCore, nioPosix,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "RuntimeServerTests",
            dependencies: [
                "AccessTokens", "BundleModel", "HTTPServing", "RuntimeClient", "RuntimeProtocol",
                "RuntimeServer", "TestSupport", "WorkerRuntime", "sheaf", httpTypes, logging,
                nioCore, nioPosix, serviceLifecycle,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ServerCommandsTests",
            dependencies: [
                "BundleModel", "BundleRepository", "HTTPServing", "RuntimeClient",
                "RuntimeProtocol", "ServerCommands", "SheafCommands", "TestSupport",
                "WorkerRuntime", "sheaf", "sheafd", logging, nioCore, nioPosix,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SheafCommandsTests",
            dependencies: [
                "BundleModel", "SheafCommands", "TestSupport", "WorkerRuntime", "sheaf",
                argumentParser,
            ],
            swiftSettings: strict),
    ]
)

// libFuzzer brings a `main` of its own, so its program is only part of the package when it is
// built with `--sanitize=fuzzer`: `make fuzz`.
if Context.environment["SHEAF_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "sheaf-fuzz", dependencies: ["ParserProperties"], path: "Sources/SheafFuzz",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
