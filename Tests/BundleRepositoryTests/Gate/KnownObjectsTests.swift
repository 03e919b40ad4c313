import BundleModel
import LibGit2
import Testing

@testable import BundleRepository

@Suite("What the gate remembers of objects")
struct KnownObjectsTests {
    private func id(_ number: Int) throws -> ObjectID {
        let digits = String(number, radix: 16)
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

    @Test("of a large tree the digest is kept, and not its entries")
    func large() throws {
        let known = adding([try tree(3, of: 500), try tree(4, of: 2)])
        #expect(known.value(of: try id(3)) == value(3))
        #expect(known.entries(of: try id(3)) == nil)
        #expect(known.entries(of: try id(4)) == (try tree(of: 2)))
        #expect(known.bytesOfContents < 200)
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
}
