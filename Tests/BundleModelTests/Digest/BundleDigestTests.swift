import BundleModel
import Foundation
import TestSupport
import Testing

/// One tree of the golden vectors and its digest.
struct DigestVector: Decodable, Sendable, CustomTestStringConvertible {
    struct File: Decodable, Sendable {
        let path: String
        let text: String?
        let base64: String?

        var bytes: [UInt8] {
            text.map { Array($0.utf8) } ?? base64.flatMap { Data(base64Encoded: $0) }.map(
                Array.init)
                ?? []
        }
    }

    let name: String
    let files: [File]
    let emptyDirectories: [String]?
    let digest: String

    var testDescription: String { name }

    static func all() throws -> [DigestVector] {
        try JSONDecoder().decode(
            [DigestVector].self, from: Data(contentsOf: Fixtures.url("digest/vectors.json")))
    }
}

@Suite("The digest of a bundle")
struct BundleDigestTests {
    static let vectors = (try? DigestVector.all()) ?? []

    private func digest(_ files: [(path: String, bytes: [UInt8])]) throws -> BundleDigest {
        BundleDigest(
            files: try files.map { (try BundlePath($0.path), SHA256Value(hashing: $0.bytes)) })
    }

    /// What the script of a few lines says about a directory.
    private func recomputed(_ directory: URL) async throws -> String {
        let script = Program(
            Fixtures.url("digest/recompute.sh").path(percentEncoded: false),
            environment: TestEnvironment.base, directory: Fixtures.packageRoot)
        let output = try await script.run([directory.path(percentEncoded: false)])
        #expect(output.succeeded, "\(output)")
        return output.trimmed
    }

    @Test("the vectors are there")
    func found() {
        #expect(Self.vectors.count == 12)
    }

    @Test("it is the golden one", arguments: vectors)
    func golden(vector: DigestVector) throws {
        let files = vector.files.map { (path: $0.path, bytes: $0.bytes) }
        #expect(try digest(files).description == vector.digest)
        #expect(try digest(files.reversed()).description == vector.digest)
    }

    @Test("a few lines of shell compute the same", arguments: vectors)
    func shell(vector: DigestVector) async throws {
        let directory = try TemporaryDirectory()
        for file in vector.files { try directory.write(file.bytes, to: file.path) }
        for path in vector.emptyDirectories ?? [] { try directory.makeDirectory(path) }
        #expect(try await recomputed(directory.url) == vector.digest)
    }

    @Test("both agree on every bundle of the fixtures")
    func fixtures() async throws {
        let bundles = Fixtures.url("bundles")
        let names =
            (try? FileManager.default.contentsOfDirectory(
                atPath: bundles.path(percentEncoded: false))) ?? []
        for directory in names.map({ bundles.appending(path: $0) }) + [Fixtures.url("agents")] {
            let files = try Fixtures.files(below: directory)
            guard !files.isEmpty else { continue }
            let script = try await recomputed(directory)
            #expect(try digest(files).description == script, "\(directory.lastPathComponent)")
        }
    }

    @Test("one byte, one name or one place more is another digest")
    func differences() throws {
        let base: [(path: String, bytes: [UInt8])] = [("a/b", [1]), ("c", [2])]
        let others: [[(path: String, bytes: [UInt8])]] = [
            [("a/b", [1]), ("c", [3])], [("a/b", [1]), ("d", [2])], [("a/c", [1]), ("c", [2])],
            [("b", [1]), ("c", [2])], [("a/b", [1])], [("a/b", [1]), ("c", [2]), ("d", [])],
            [("a/b/c", [1]), ("c", [2])],
        ]
        let all = try ([base] + others).map(digest)
        #expect(Set(all).count == all.count)
    }

    @Test("a subtree has the digest of a bundle with its files")
    func subtree() throws {
        var inner = TreeDigest()
        inner.add(file: Array("x".utf8), SHA256Value(hashing: [1]))
        var outer = TreeDigest()
        outer.add(tree: Array("a".utf8), inner.finish())
        #expect(BundleDigest(root: inner.finish()) == (try digest([("x", [1])])))
        #expect(BundleDigest(root: outer.finish()) == (try digest([("a/x", [1])])))
        #expect(TreeDigest().isEmpty && !outer.isEmpty)
    }

    @Test(
        "a digest is read from its one spelling only",
        arguments: [
            "", "sha256:", "sha256:00", String(repeating: "0", count: 64),
            "SHA256:" + String(repeating: "0", count: 64),
            "sha256:" + String(repeating: "A", count: 64),
            "sha256:" + String(repeating: "0", count: 65),
            "sha512:" + String(repeating: "0", count: 64),
            " sha256:" + String(repeating: "0", count: 64),
            "sha256:" + String(repeating: "g", count: 64),
        ])
    func malformed(text: String) {
        #expect(BundleDigest(text) == nil)
    }

    @Test("a digest survives its text")
    func text() throws {
        let hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
        let digest = try #require(BundleDigest("sha256:" + hex))
        #expect(digest.description == "sha256:" + hex)
        #expect(digest.short == "sha256:0123456789ab")
        #expect(SHA256Value(bytes: digest.root.bytes) == digest.root)
        let json = try JSONEncoder().encode([digest])
        #expect(try JSONDecoder().decode([BundleDigest].self, from: json) == [digest])
    }

    @Test("SHA-256 is SHA-256")
    func sha256() {
        #expect(
            SHA256Value(hashing: Array("abc".utf8)).hex
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
