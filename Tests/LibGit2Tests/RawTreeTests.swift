import Foundation
import LibGit2
import Testing

@Suite struct RawTreeTests {
    private static let id = ObjectID.hash(.blob, [])
    private static var idBytes: [UInt8] {
        var bytes: [UInt8] = []
        id.appendRawBytes(to: &bytes)
        return bytes
    }

    @Test("entries are written in Git's order: the tree has the id that git mktree gives")
    func encodesAsGit() async throws {
        let folder = try TemporaryFolder()
        let git = try await Git.repository(at: folder("repository"))
        let blob = try await git("hash-object", "-w", "--stdin", input: Data("x".utf8))
        let tree = try await git("mktree", input: Data("100644 blob \(blob)\tinside\n".utf8))
        // A directory sorts as if its name ended in a slash.
        let names = ["a", "a.b", "a0", "a-", "b", "B", "é", "z", "a/", "foo", "foo.txt", "fo"]
        var listing = ""
        var entries: [TreeEntry] = []
        for name in names {
            let isTree = name == "foo" || name == "a0"
            let plain = name == "a/" ? "aa" : name
            listing += isTree ? "040000 tree \(tree)" : "100644 blob \(blob)"
            listing += "\t\(plain)\0"
            entries.append(
                TreeEntry(
                    mode: isTree ? 0o040000 : 0o100644, name: Array(plain.utf8),
                    id: try #require(ObjectID(hex: isTree ? tree : blob))))
        }
        let expected = try await git("mktree", "-z", input: Data(listing.utf8))
        let bytes = RawTree.encode(entries.shuffled())
        #expect(ObjectID.hash(.tree, bytes).hex == expected)
    }

    @Test("what git wrote is read entry by entry, and written back the same")
    func roundTrip() async throws {
        let folder = try TemporaryFolder()
        let git = try await Git.repository(at: folder("repository"))
        try folder.write("repository/plain", "1")
        try folder.write("repository/tool", "2", mode: 0o755)
        try folder.write("repository/sub/inner", "3")
        try FileManager.default.createSymbolicLink(
            atPath: folder("repository/link"), withDestinationPath: "plain")
        _ = try await git.commit("all kinds")
        let bytes = [UInt8](try await git.bytes(["cat-file", "tree", "HEAD:"]))
        let entries = try RawTree.parse(bytes)
        #expect(
            entries.map { String(decoding: $0.name, as: UTF8.self) }
                == ["link", "plain", "sub", "tool"])
        #expect(entries.map(\.mode) == [0o120000, 0o100644, 0o040000, 0o100755])
        #expect(entries.map(\.modeText) == ["120000", "100644", "40000", "100755"])
        #expect(entries.map(\.isTree) == [false, false, true, false])
        #expect(RawTree.encode(entries) == bytes)
    }

    @Test("any order, any name, any mode and any repetition is read as it is stored")
    func nothingFixedUp() throws {
        let raw: [(String, String)] = [
            ("100644", "z"), ("100644", "a"), ("100644", "a"), ("040000", ".."),
            ("0100644", "/etc/passwd"), ("777", "x/y"), ("0", "zero"), ("000", "zeros"),
            ("160000", ".git"), ("100664", "old"),
        ]
        var bytes: [UInt8] = []
        for (mode, name) in raw {
            bytes += Array("\(mode) \(name)\0".utf8) + Self.idBytes
        }
        let entries = try RawTree.parse(bytes)
        #expect(entries.map(\.modeText) == raw.map(\.0))
        #expect(entries.map { String(decoding: $0.name, as: UTF8.self) } == raw.map(\.1))
        #expect(entries.allSatisfy { $0.id == Self.id })
        #expect(entries[3].isTree && entries[3].mode == 0o040000)
    }

    @Test("a name need not be UTF-8")
    func bytesInNames() throws {
        let bytes = Array("100644 ".utf8) + [0xFF, 0xFE, 0] + Self.idBytes
        #expect(try RawTree.parse(bytes).first?.name == [0xFF, 0xFE])
    }

    @Test("an empty tree has no entries")
    func empty() throws {
        #expect(try RawTree.parse([]).isEmpty)
        #expect(RawTree.encode([]).isEmpty)
    }

    @Test(
        "bytes that are no entries are refused as corrupt",
        arguments: [
            Array("1".utf8), Array("100644".utf8), Array("100644 ".utf8), Array("100644 a".utf8),
            Array("100644 a\0".utf8), Array("100644 a\0".utf8) + idBytes.dropLast(),
            Array("100644 a\0".utf8) + idBytes + [0x31], Array(" a\0".utf8) + idBytes,
            Array("100644 \0".utf8) + idBytes, Array("100844 a\0".utf8) + idBytes,
            Array("-10 a\0".utf8) + idBytes, Array("0x1 a\0".utf8) + idBytes,
            Array("77777777777 a\0".utf8) + idBytes, [0], [UInt8](repeating: 0x30, count: 1000),
        ])
    func malformed(_ bytes: [UInt8]) {
        let error = #expect(throws: GitError.self) { try RawTree.parse(bytes) }
        #expect(error?.code == .corrupt)
    }
}
