import Foundation
import LibGit2
import Testing

@Suite("Packs that were found in order before")
struct KnownPacksTests {
    /// What happens to a file of a pack behind the back of whoever has the repository open.
    enum Damage: CaseIterable {
        case cutIndex, cutPack, otherPack

        func happen(in fixture: borrowing RepositoryFixture, to stem: String) throws {
            let file =
                switch self {
                case .cutIndex: stem + ".idx"
                case .cutPack, .otherPack: stem + ".pack"
                }
            let path = fixture.folder("fixture.git/objects/pack/\(file)")
            let bytes = try Data(contentsOf: URL(filePath: path))
            try FileManager.default.removeItem(atPath: path)
            let changed =
                switch self {
                case .cutIndex, .cutPack: bytes.dropLast(7)
                case .otherPack: Data(bytes.map { $0 ^ 0x55 })
                }
            try changed.write(to: URL(filePath: path))
        }
    }

    @Test("are looked at again when they are no longer the same files", arguments: Damage.allCases)
    func changed(_ damage: Damage) throws {
        let fixture = try RepositoryFixture()
        let first = try fixture.commit("first")
        #expect(try fixture.repository.object(first).kind == .commit)
        let stem = try #require(
            try fixture.folder.names(in: "fixture.git/objects/pack")
                .first { $0.hasSuffix(".idx") }?.dropLast(4))
        let other = try Repository.open(at: fixture.folder("fixture.git"))
        try damage.happen(in: fixture, to: String(stem))
        let second = try RepositoryFixture.commit("second", in: fixture.repository)
        #expect(throws: GitError.self) { _ = try other.object(second) }
        // Once would not do: libgit2 knows the pack from before.
        for _ in 1...3 {
            let error = #expect(throws: GitError.self) { _ = try other.object(second) }
            #expect(error?.code == .corrupt)
            let again = #expect(throws: GitError.self) { _ = try other.object(first) }
            #expect(again?.code == .corrupt)
        }
    }

    @Test("is not followed, an index without its pack, whatever its numbers are")
    func alone() throws {
        let fixture = try RepositoryFixture()
        let commit = try fixture.commit("first")
        // Version 2, and a fan-out that leads far outside of the file.
        let wild = Data([0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2]) + Data(repeating: 0x7F, count: 2048)
        let stem = fixture.folder(
            "fixture.git/objects/pack/pack-" + String(repeating: "a", count: 40))
        try wild.write(to: URL(filePath: stem + ".idx"))
        let reader = try Repository.open(at: fixture.folder("fixture.git"))
        #expect(try reader.object(commit).kind == .commit)
        let missing = try #require(ObjectID(hex: String(repeating: "c", count: 40)))
        let error = #expect(throws: GitError.self) { _ = try reader.object(missing) }
        #expect(error?.code == .notFound)
        // And it is damage as soon as its pack is there.
        try Data("PACK".utf8).write(to: URL(filePath: stem + ".pack"))
        let found = #expect(throws: GitError.self) { _ = try reader.object(missing) }
        #expect(found?.code == .corrupt)
    }

    @Test("are read on when somebody only marks them as changed now")
    func touched() throws {
        let fixture = try RepositoryFixture()
        let (first, second) = (try fixture.commit("first"), try fixture.commit("second"))
        let reader = try Repository.open(at: fixture.folder("fixture.git"))
        for name in try fixture.folder.names(in: "fixture.git/objects/pack") {
            // As Git does with a pack that has an object which it is to write.
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -60)],
                ofItemAtPath: fixture.folder("fixture.git/objects/pack/\(name)"))
        }
        #expect(try reader.object(first).kind == .commit)
        #expect(try reader.object(second).kind == .commit)
    }

    @Test("are found by an index that was there before its pack, and looked at then")
    func late() throws {
        for isDamaged in [false, true] {
            let fixture = try RepositoryFixture()
            let commit = try fixture.commit("first")
            let packs = fixture.folder("fixture.git/objects/pack")
            let name = try #require(
                try fixture.folder.names(in: "fixture.git/objects/pack")
                    .first { $0.hasSuffix(".pack") })
            let pack = URL(filePath: "\(packs)/\(name)")
            let bytes = try Data(contentsOf: pack)
            try FileManager.default.removeItem(at: pack)
            let attributes = try FileManager.default.attributesOfItem(atPath: packs)
            let reader = try Repository.open(at: fixture.folder("fixture.git"))
            try (isDamaged ? bytes.dropLast(7) : bytes).write(to: pack)
            // The folder can be of the same time still: clocks of file systems are coarse.
            try FileManager.default.setAttributes(
                [.modificationDate: try #require(attributes[.modificationDate])],
                ofItemAtPath: packs)
            if isDamaged {
                #expect(throws: GitError.self) { _ = try reader.object(commit) }
            } else {
                #expect(try reader.object(commit).kind == .commit)
            }
        }
    }

    @Test("stay readable as others come and go")
    func known() async throws {
        let fixture = try RepositoryFixture()
        let reader = try Repository.open(at: fixture.folder("fixture.git"))
        var commits: [ObjectID] = []
        for number in 1...5 {
            commits.append(try fixture.commit("\(number)"))
            for commit in commits { #expect(try reader.object(commit).kind == .commit) }
        }
        let git = Git(folder: fixture.folder("fixture.git"))
        for (number, commit) in commits.enumerated() {
            try await git("update-ref", "refs/heads/b\(number)", commit.hex)
        }
        try await git("repack", "-a", "-d", "-q")
        #expect(try fixture.folder.names(in: "fixture.git/objects/pack").count < 5)
        let last = try fixture.commit("last")
        for commit in commits + [last] { #expect(try reader.object(commit).kind == .commit) }
    }
}
