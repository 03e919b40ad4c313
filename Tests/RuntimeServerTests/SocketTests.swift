import AccessTokens
import BundleModel
import Foundation
import Logging
import RuntimeClient
import RuntimeProtocol
import RuntimeServer
import TestSupport
import Testing

@Suite("The socket of a runtime")
struct SocketTests {
    @Test("only its owner may open it, and nothing is left of how it came to be")
    func closed() async throws {
        let host = try await RuntimeHost()
        try await host.serve(try host.runtime("store")) { served in
            let attributes = try FileManager.default.attributesOfItem(atPath: served.socket)
            #expect(attributes[.type] as? FileAttributeType == .typeSocket)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            let name = URL(filePath: served.socket).lastPathComponent
            let others = try FileManager.default.contentsOfDirectory(atPath: host.home.path)
            #expect(others.contains(name))
            #expect(!others.contains { $0.hasPrefix(".sheaf-") })
            try await served.client(overSocket: true) { client in
                let workspaces = try await client.describe().workspaces
                #expect(workspaces.map(\.rawValue) == ["acme"])
            }
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: host.home.path)
        #expect(!left.contains { $0.hasPrefix("s-") || $0.hasPrefix(".sheaf-") })
    }

    @Test("nothing beside it is touched, whatever it is called, and a socket that was left goes")
    func neighbours() async throws {
        let host = try await RuntimeHost()
        let socket = host.home.appending("door").path()
        let kept = try [".door/config", ".doors", "door.lock"].map {
            try host.home.write("mine", to: $0)
        }
        let runtime = try host.runtime("store")
        let left = try await LocalSocket(listeningAt: socket)
        try await left.close()
        try #require(FileManager.default.fileExists(atPath: socket))
        try await host.serve(runtime, change: { $0.socket = socket }) { _ in
            let attributes = try FileManager.default.attributesOfItem(atPath: socket)
            #expect(attributes[.type] as? FileAttributeType == .typeSocket)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
        #expect(!FileManager.default.fileExists(atPath: socket))
        for file in kept { #expect(try String(contentsOf: file, encoding: .utf8) == "mine") }
    }

    @Test("what a server left that was killed before it named its socket goes, and nothing else")
    func leftovers() async throws {
        let host = try await RuntimeHost()
        let files = FileManager.default
        func folder(_ name: String, _ permissions: Int = 0o700) throws -> String {
            let path = try host.home.makeDirectory(name).path()
            try files.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
            return path
        }
        func socket(in folder: String) async throws {
            try await LocalSocket(listeningAt: "\(folder)s").close()
        }
        let bound = try folder(".sheaf-bounda")
        let empty = try folder(".sheaf-emptyb")
        let young = try folder(".sheaf-youngc")
        let mixed = try folder(".sheaf-mixedd")
        let other = try folder(".sheaf-filese")
        let open = try folder(".sheaf-openff", 0o755)
        let named = try folder(".sheaf-longer-name")
        for place in [bound, young, mixed, open, named] { try await socket(in: place) }
        try host.home.write("mine", to: ".sheaf-mixedd/more")
        try host.home.write("mine", to: ".sheaf-filese/s")
        let target = try folder("target")
        let link = host.home.appending(".sheaf-linkgg").path()
        try files.createSymbolicLink(atPath: link, withDestinationPath: target)
        let old = Date(timeIntervalSinceNow: -120)
        for place in [bound, empty, mixed, other, open, named, target] {
            try files.setAttributes([.modificationDate: old], ofItemAtPath: place)
        }
        let runtime = try host.runtime("store")
        try await host.serve(
            runtime, change: { $0.socket = host.home.appending("door").path() }
        ) { _ in
            for place in [bound, empty] { #expect(!files.fileExists(atPath: place), "\(place)") }
            for place in [young, mixed, other, open, named] {
                #expect(files.fileExists(atPath: "\(place)s"), "\(place)")
            }
            #expect(files.fileExists(atPath: link) && files.fileExists(atPath: target))
        }
    }

    @Test("a path that is longer than the address of a socket is refused before anything listens")
    func tooLong() async throws {
        let host = try await RuntimeHost()
        for name in [String(repeating: "n", count: 104), String(repeating: "n", count: 95) + "/s"] {
            let configuration = RuntimeServerConfiguration(
                addresses: [], socket: "/\(name)", tokenFile: host.tokens.path,
                spoolFolder: host.home.appending("spool").path())
            let runtime = try host.runtime("store-\(name.count)")
            await AccessTests.expect(.invalidRequest) {
                try RuntimeServer(runtime, configuration, logger: Logger(label: "test"))
            }
        }
    }

    @Test("a sync ends with whoever asked for it, however long they let it take")
    func departure() async throws {
        let host = try await RuntimeHost()
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let (endings, end) = AsyncStream.makeStream(of: Duration.self)
        let change: (inout RuntimeServerConfiguration) -> Void = {
            $0.owner = OwnerActions(
                sync: { _, _ throws(SheafError) in
                    let start = ContinuousClock.now
                    begin.yield()
                    try? await Task.sleep(for: .seconds(30))
                    end.yield(ContinuousClock.now - start)
                    throw SheafError(.cancelled, "the sync was cancelled")
                }, ended: { _ in })
        }
        try await host.serve(try host.runtime("store"), change: change) { served in
            let body = #"{"bundle":"agents","channel":"latest","timeoutSeconds":86400}"#
            let asking = try await LocalSocket(connectedTo: served.socket)
            try await asking.write(
                "POST \(OwnerOperation.sync.path) HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
                    + "\r\n\(body)")
            var beginnings = began.makeAsyncIterator()
            await beginnings.next()
            try await asking.close()
            var times = endings.makeAsyncIterator()
            let took = try #require(await times.next())
            #expect(took < .seconds(20), "\(took)")
        }
    }

    @Test("where it cannot be made the server does not begin, and says so with a code")
    func unmade() async throws {
        let host = try await RuntimeHost()
        let spool = host.home.appending("spool").path()
        let configuration = RuntimeServerConfiguration(
            addresses: [], socket: host.home.appending("none/s").path(),
            tokenFile: host.tokens.path, spoolFolder: spool)
        let server = try RuntimeServer(
            try host.runtime("store"), configuration, logger: Logger(label: "test"))
        await AccessTests.expect(.ioError) { try await server.run() }
    }

    @Test("a folder that has the socket's name is left alone, and ends the server with a code")
    func occupied() async throws {
        let host = try await RuntimeHost()
        let path = host.home.appending("s").path()
        // A folder in its place is none of the server's to take away.
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        let configuration = RuntimeServerConfiguration(
            addresses: [], socket: path, tokenFile: host.tokens.path,
            spoolFolder: host.home.appending("spool").path())
        let server = try RuntimeServer(
            try host.runtime("store"), configuration, logger: Logger(label: "test"))
        await AccessTests.expect(.ioError) { try await server.run() }
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test("what is only the owner's is not there on an address", arguments: [true, false])
    func ownersOnly(hasTokens: Bool) async throws {
        let host = try await RuntimeHost()
        let token = hasTokens ? try host.token([.read, .sync, .workers]) : nil
        let body = Array(#"{"keepWorkersSeconds":0}"#.utf8)
        try await host.serve(try host.runtime("store")) { served in
            for operation in OwnerOperation.allCases {
                let answer = try await served.ask(
                    "POST", operation.path, token, type: "application/json", body: body)
                #expect(answer.status == 404, "\(operation): \(answer)")
                #expect(answer.text.contains("there is nothing here"))
            }
        }
    }
}
