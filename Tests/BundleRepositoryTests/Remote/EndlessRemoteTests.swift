import BundleModel
import Foundation
import LibGit2
import TestSupport
import Testing

@testable import BundleRepository

/// What a user's verbs fetch with `git`: no more of it than is taken, whatever the other side sends.
@Suite("A repository at another place that sends too much", .timeLimit(.minutes(2)))
struct EndlessRemoteTests {
    private static let tip = String(repeating: "1", count: 40)
    private static let branch = "refs/heads/bundles/support-agents"

    private static func line(_ text: String) -> String {
        let digits = String(text.utf8.count + 4, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits + text
    }

    private static func head(_ type: String) -> [UInt8] {
        Array("HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-\(type)\r\n\r\n".utf8)
    }

    /// The list of one branch, for a transfer without or with a band for what is told people.
    private static func list(_ capabilities: String) -> [UInt8] {
        let text =
            line("# service=git-upload-pack\n") + "0000"
            + line("\(tip) \(branch)\0\(capabilities)\n") + "0000"
        return Array(
            ("HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n"
                + "Content-Length: \(text.utf8.count)\r\n\r\n\(text)").utf8)
    }

    /// A pack of one object that never ends: stored blocks of zlib.
    private static let packStart: [UInt8] =
        Array("0008NAK\nPACK".utf8) + [0, 0, 0, 2, 0, 0, 0, 1]
        // A blob of 2^40 bytes.
        + [0xB0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40, 0x78, 0x01]
    private static let block: [UInt8] =
        [0x00, 0xFF, 0xFF, 0x00, 0x00] + (0..<65535).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    /// What is answered to the request for a list and to that for a pack; the second without end.
    private func server(
        list: [UInt8], start: [UInt8], part: [UInt8]
    ) throws -> ScriptedServer {
        try ScriptedServer { connection in
            while let head = connection.readRequest() {
                if head.hasPrefix("GET ") {
                    guard connection.write(list) else { return }
                    continue
                }
                guard connection.write(start) else { return }
                while connection.write(part) {}
                return
            }
        }
    }

    private func open(
        _ location: String, _ cache: TemporaryDirectory, _ bytes: Int,
        _ timeout: Duration = .seconds(90)
    ) async throws -> BundleRepository {
        try await BundleRepository.open(
            RepositoryLocation(location), for: .everything, cache: cache.path,
            timeout: timeout, maximumBytes: bytes)
    }

    /// The packs and unfinished packs of the only copy.
    private func packs(_ cache: TemporaryDirectory) throws -> [String] {
        let copies = try FileManager.default.contentsOfDirectory(atPath: cache.path)
            .filter { $0.hasSuffix(".git") }
        return try copies.flatMap {
            try FileManager.default.contentsOfDirectory(
                atPath: "\(cache.path)/\($0)/objects/pack")
        }.sorted()
    }

    @Test("a pack without end is limit_exceeded, and nothing of it is left")
    func pack() async throws {
        let server = try server(
            list: Self.list("ofs-delta agent=git/2.39"),
            start: Self.head("result") + Self.packStart, part: Self.block)
        let cache = try TemporaryDirectory()
        let error = await #expect(throws: SheafError.self) {
            let opened = try await open(
                "http://127.0.0.1:\(server.port)/acme.git", cache, 8 << 20)
            _ = opened
        }
        #expect(error?.code == .limitExceeded, "\(String(describing: error))")
        #expect(try packs(cache) == [])
    }

    @Test("words for people without end, of which nothing is kept, end when the time is over")
    func words() async throws {
        let server = try server(
            list: Self.list("side-band-64k ofs-delta agent=git/2.39"),
            start: Self.head("result") + Array("0008NAK\n".utf8),
            part: Array(String(repeating: Self.line("\u{2}still at it\n"), count: 3000).utf8))
        let cache = try TemporaryDirectory()
        let error = await #expect(throws: SheafError.self) {
            let opened = try await open(
                "http://127.0.0.1:\(server.port)/acme.git", cache, 8 << 20, .seconds(3))
            _ = opened
        }
        #expect(error?.code == .deadlineExceeded, "\(String(describing: error))")
        #expect(try packs(cache) == [])
    }

    // macOS takes no notice of a limit to the heap: there it ends with the deadline.
    #if os(Linux)
        @Test("a list of references without end is limit_exceeded")
        func references() async throws {
            let reference = Self.line("\(Self.tip) refs/heads/flood-\(Self.tip)\n")
            let many = Array(String(repeating: reference, count: 2000).utf8)
            let server = try ScriptedServer { connection in
                _ = connection.readRequest()
                connection.write(
                    Self.head("advertisement")
                        + Array((Self.line("# service=git-upload-pack\n") + "0000").utf8))
                while connection.write(many) {}
            }
            let home = try TemporaryDirectory()
            var git = RemoteGit(
                location: try RepositoryLocation("http://127.0.0.1:\(server.port)/acme.git"),
                directory: home.path, timeout: .seconds(90), maximumBytes: 8 << 20)
            git.memory = 128 << 20
            let bounded = git
            let error = await #expect(throws: SheafError.self) {
                let branches = try await bounded.branches()
                _ = branches
            }
            #expect(error?.code == .limitExceeded, "\(String(describing: error))")
        }
    #endif

    @Test("a bundle over the limit is refused whole, and is there when more is taken")
    func honest() async throws {
        let workshop = try await Workshop()
        var generator = SystemRandomNumberGenerator()
        let noise = (0..<(3 << 20) / 8).flatMap { _ in
            bytes(of: generator.next())
        }
        try await workshop.publish(SampleBundle().with("assets/noise.bin", bytes: noise))
        let cache = try TemporaryDirectory()
        let location = "file://\(workshop.repository.path)"
        let error = await #expect(throws: SheafError.self) {
            let opened = try await open(location, cache, 1 << 20)
            _ = opened
        }
        #expect(error?.code == .limitExceeded, "\(String(describing: error))")
        #expect(try packs(cache) == [])
        let opened = try await open(location, cache, 8 << 20)
        #expect(try await opened.bundles().count == 1)
        #expect(try packs(cache).filter { $0.hasSuffix(".pack") }.count == 1)
    }

    private func bytes(of number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}
