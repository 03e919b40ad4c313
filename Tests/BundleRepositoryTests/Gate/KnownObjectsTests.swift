import BundleModel
import Foundation
import LibGit2
import TestSupport
import Testing

@testable import BundleRepository

@Suite("What the gate remembers of objects")
struct KnownObjectsTests {
    private func id(_ number: Int) throws -> ObjectID {
        let digits = String(0x100000 + number, radix: 16)
        return try #require(
            ObjectID(hex: digits + String(repeating: "0", count: 40 - digits.count)))
    }

    private func value(_ number: Int) -> SHA256Value {
        SHA256Value(hashing: [UInt8(truncatingIfNeeded: number)])
    }

    private func tree(of count: Int) throws -> [TreeEntry] {
        try (1...count).map { number in
            TreeEntry(
                mode: 0o100644, name: Array("file-\(1000 + number)".utf8),
                id: try id(number))
        }
    }

    private func blob(_ number: Int, size: Int) throws -> KnownObjects.Object {
        .init(id: try id(number), value: value(number), kind: .blob(size: size))
    }

    private func tree(_ number: Int, of count: Int) throws -> KnownObjects.Object {
        .init(
            id: try id(number), value: value(number),
            kind: .tree(RawTree.encode(try tree(of: count))))
    }

    /// Some objects behind others, as the next push puts them there.
    private func adding(
        _ objects: [KnownObjects.Object], to known: KnownObjects = .none
    ) -> KnownObjects {
        var bytes = Array("before".utf8)
        let contents = known.append(to: &bytes, adding: objects)
        return KnownObjects(
            bytes, from: 6, count: known.count + objects.count, contents: contents)
    }

    @Test("sizes of blobs and entries of small trees are there as they were, also after more came")
    func kept() throws {
        let first = adding([
            try blob(5, size: 0), try tree(3, of: 1), try tree(0xA, of: 7), try blob(1, size: 99),
        ])
        let second = adding([try tree(2, of: 3), try blob(0xF, size: 1 << 40)], to: first)
        for known in [first, second] {
            #expect(known.size(of: try id(5)) == 0)
            #expect(known.size(of: try id(1)) == 99)
            #expect(known.entries(of: try id(3)) == (try tree(of: 1)))
            #expect(known.entries(of: try id(0xA)) == (try tree(of: 7)))
            #expect(known.size(of: try id(3)) == nil)
            #expect(known.entries(of: try id(5)) == nil)
            #expect(known.value(of: try id(3)) == value(3))
        }
        #expect(first.entries(of: try id(2)) == nil)
        #expect(second.entries(of: try id(2)) == (try tree(of: 3)))
        #expect(second.size(of: try id(0xF)) == 1 << 40)
        #expect(second.count == 6)
        #expect(!second.contains(try id(4)))
    }

    @Test("of a tree that is larger than a kilobyte the digest is kept, and not its entries")
    func large() throws {
        // A mode, a space, the name, a zero and an id.
        func tree(_ number: Int, bytes: Int) throws -> KnownObjects.Object {
            let name = [UInt8](repeating: 0x61, count: bytes - 28)
            let entry = TreeEntry(mode: 0o100644, name: name, id: try id(1))
            return .init(
                id: try id(number), value: value(number), kind: .tree(RawTree.encode([entry])))
        }
        let known = adding([try tree(3, bytes: 1024), try tree(4, bytes: 1025)])
        #expect(known.entries(of: try id(3))?.count == 1)
        #expect(known.entries(of: try id(4)) == nil)
        #expect(known.value(of: try id(4)) == value(4))
        #expect(known.bytesOfContents == 1026)
    }

    @Test("of more trees than two megabytes hold the digests are kept")
    func many() throws {
        let entries = try tree(of: 27)
        let contents = RawTree.encode(entries)
        let trees = try (1...3000).map { number in
            KnownObjects.Object(id: try id(number), value: value(number), kind: .tree(contents))
        }
        let known = adding(trees)
        #expect(known.bytesOfContents < (2 << 20) + contents.count + 2)
        let kept = try (1...3000).count { known.entries(of: try id($0)) == entries }
        #expect((2000..<2200).contains(kept))
        #expect(try (1...3000).allSatisfy { known.value(of: try id($0)) == value($0) })
    }

    @Test("no number in the place of a size or of contents reads beyond the file")
    func forged() throws {
        var bytes: [UInt8] = []
        _ = KnownObjects.none.append(to: &bytes, adding: [try tree(3, of: 1)])
        for number in [Int64.min, .min + 1, -41, -40, -3, .max] {
            for (index, shift) in stride(from: 56, through: 0, by: -8).enumerated() {
                bytes[52 + index] = UInt8(truncatingIfNeeded: number >> Int64(shift))
            }
            let known = KnownObjects(bytes, from: 0, count: 1, contents: 39)
            #expect(known.entries(of: try id(3)) == nil, "\(number)")
            #expect(known.size(of: try id(3)) == (number == .max ? Int.max : nil))
        }
    }

    @Test("a place beyond the contents is none", arguments: 0...40)
    func cut(_ length: Int) throws {
        let whole = adding([try tree(3, of: 1)])
        var bytes: [UInt8] = []
        let contents = whole.append(to: &bytes, adding: [])
        #expect(contents == 39)
        let known = KnownObjects(bytes, from: 0, count: 1, contents: min(length, contents))
        #expect((known.entries(of: try id(3)) != nil) == (length >= contents))
    }

    @Test("of a tree that is known it is asked whether it is here")
    func present() async throws {
        let workshop = try await Workshop()
        let git = workshop.git
        let blob = try await git.check("hash-object", "-w", "--stdin", input: Array("a".utf8))
        let inner = "100644 blob \(blob.trimmed)\ta.md\n"
        let tree = try await git.check("mktree", input: Array(inner.utf8)).trimmed
        let root = try await git.check(
            "mktree", input: Array("040000 tree \(tree)\tprompts\n".utf8)
        ).trimmed
        let id = try #require(ObjectID(hex: tree))
        let entry = TreeEntry(
            mode: 0o100644, name: Array("a.md".utf8), id: try #require(ObjectID(hex: blob.trimmed)))
        let memory = ListingMemory()
        memory.look(
            in: adding([.init(id: id, value: value(1), kind: .tree(RawTree.encode([entry])))]))
        let path = workshop.repository.path
        func paths() throws -> [String] {
            let repository = try Repository.open(at: path)
            let listing = try TreeListing(
                repository, tree: try #require(ObjectID(hex: root)), limits: .standard,
                memory: memory)
            return listing.raw.entries.map { String(decoding: $0.path, as: UTF8.self) }
        }
        #expect(try paths() == ["", "prompts", "prompts/a.md"])
        try FileManager.default.removeItem(
            atPath: "\(path)/objects/\(tree.prefix(2))/\(tree.dropFirst(2))")
        #expect(throws: SheafError.self) { try paths() }
    }

    @Test("what does not fit in its file is left out, and the revisions stay")
    func tooMuch() async throws {
        let workshop = try await Workshop()
        let repository = try Repository.open(at: workshop.repository.path)
        let folder = GateFolder(repository)
        let bundle = try Workshop.bundle
        var memory = VerifiedRevisions(of: bundle, in: folder)
        let commit = try #require(CommitID(String(repeating: "7", count: 40)))
        memory.add(commit)
        let few = try (1...100).map { try blob($0, size: $0) }
        memory.save(of: bundle, in: folder, adding: few)
        let first = VerifiedRevisions(of: bundle, in: folder)
        #expect(first.commits == [commit])
        #expect(first.objects.count == 100)
        let many = try (1...140_000).map { number in try blob(number, size: 1) }
        memory.save(of: bundle, in: folder, adding: many)
        let second = VerifiedRevisions(of: bundle, in: folder)
        #expect(second.commits == [commit])
        #expect(second.objects.count == 0)
    }
}
