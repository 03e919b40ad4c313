import Foundation
import TestSupport
import Testing

@Suite("The module graph")
struct LayeringTests {
    static let sources = (try? SourceFile.all(below: "Sources")) ?? []

    @Test("the sources are found")
    func found() {
        #expect(Self.sources.count > 20)
        #expect(Self.sources.contains { !$0.imports.isEmpty })
    }

    @Test("a module imports only what lies below it", arguments: sources)
    func importsFollowTheGraph(file: SourceFile) throws {
        let allowed = try #require(
            ModuleGraph.allowed(in: file.module), "the module is not in the graph")
        for line in file.imports {
            #expect(
                allowed.contains(line.module), "\(file.module) may not import \(line.module)")
        }
    }

    @Test("the C modules are imported by LibGit2 alone, and internally")
    func cModules() {
        for file in Self.sources {
            for line in file.imports where Self.isC(line.module) {
                #expect(file.module == "LibGit2", "\(file.path)")
                #expect(line.access == "internal", "\(file.path)")
            }
        }
    }

    private static func isC(_ module: String) -> Bool {
        ["clibgit2", "clibcurl"].contains { module.lowercased().hasPrefix($0) }
    }

    @Test("no HTTP or NIO module is imported below the servers")
    func noServerStack() {
        let servers: Set = [
            "HTTPServing", "GitServer", "RuntimeServer", "RuntimeClient", "ServerCommands",
            "sheafd",
        ]
        for file in Self.sources where !servers.contains(file.module) {
            for line in file.imports {
                let isServer =
                    line.module.hasPrefix("NIO") || line.module.hasPrefix("_NIO")
                    || line.module.hasPrefix("Hummingbird") || line.module.hasPrefix("AsyncHTTP")
                #expect(!isServer, "\(file.path) imports \(line.module)")
            }
        }
    }

    @Test("the model neither reads nor writes files and starts no program")
    func modelIsPure() {
        let outside =
            /\b(FileManager|FileHandle|URLSession|ProcessInfo|InputStream|OutputStream|Process\(|fopen|contentsOfFile|contentsOf:)/
        for file in Self.sources where file.module == "BundleModel" {
            for line in file.code where !line.contains("append(contentsOf:") {
                #expect(line.firstMatch(of: outside) == nil, "\(file.path): \(line)")
            }
        }
    }

    /// The benchmarks ask the system for memory; libFuzzer hands its inputs over as pointers; the
    /// servers that tests write themselves are sockets.
    @Test("unsafe code stays in LibGit2, the benchmarks, the entry of the fuzzer and test servers")
    func unsafeStaysBelow() {
        let exceptions: Set = ["LibGit2", "SheafBench", "SheafFuzz", "TestSupport"]
        for file in Self.sources where !exceptions.contains(file.module) {
            for line in file.code where line.contains("nsafe") {
                #expect(
                    line.firstMatch(of: /\bunsafe\b|@unsafe|Unsafe[A-Z]\w*Pointer/) == nil,
                    "\(file.path): \(line)")
            }
        }
    }

    @Test(
        "an import is read with its access",
        arguments: [
            ("import Foundation", "Foundation", "internal"),
            ("public import struct Foundation.URL", "Foundation", "public"),
            ("    internal import SystemPackage", "SystemPackage", "internal"),
            ("@preconcurrency package import GRDB", "GRDB", "package"),
            ("@testable import BundleModel", "BundleModel", "internal"),
        ])
    func importLines(line: String, module: String, access: String) throws {
        let found = try #require(ImportLine(line))
        #expect(found.module == module)
        #expect(found.access == access)
    }

    @Test("prose about imports is not an import")
    func notAnImport() {
        #expect(ImportLine("/// import Foundation") == nil)
        #expect(ImportLine("let important = 1") == nil)
    }
}
