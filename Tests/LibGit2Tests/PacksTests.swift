import Foundation
import LibGit2
import Testing

@Suite struct PacksTests {
    @Test(
        "objects of every size come back, and git finds nothing wrong with the pack",
        arguments: [
            [0, 1, 15, 16, 17, 2047, 2048, 2049], [65_535, 65_536, 65_537, 262_144],
            [5_000_000, 1, 300_000],
        ])
    func sizes(_ sizes: [Int]) async throws {
        let fixture = try RepositoryFixture()
        let contents = try sizes.map { [UInt8](try Noise.bytes($0)) }
        let ids = try fixture.repository.writePack(objectCount: sizes.count) { pack in
            try contents.map { try pack.add(.blob, $0) }
        }
        for (id, content) in zip(ids, contents) {
            #expect(try fixture.repository.object(id).bytes == content)
            #expect(id == ObjectID.hash(.blob, content))
        }
        try await fixture.git("fsck", "--full", "--strict")
        let names = try fixture.folder.names(in: "fixture.git/objects/pack")
        #expect(names.count == 2)
        for name in names where name.hasSuffix(".idx") {
            let listed = try await fixture.git("verify-pack", "-v", "objects/pack/\(name)")
            #expect(listed.contains("non delta: \(sizes.count) objects"))
        }
    }

    @Test("a commit with its tree is what git shows, at once and without a leftover")
    func commit() async throws {
        let fixture = try RepositoryFixture()
        let commit = try fixture.commit("hello")
        #expect(try await fixture.git("show", "\(commit):file") == "hello")
        try await fixture.git("fsck", "--full", "--strict")
        let names = try fixture.folder.names(in: "fixture.git/objects/pack")
        #expect(names.allSatisfy { $0.hasPrefix("pack-") })
        #expect(names.map { ($0 as NSString).pathExtension } == ["idx", "pack"])
    }

    @Test("bytes may be added as a span")
    func spans() throws {
        let fixture = try RepositoryFixture()
        let bytes: [UInt8] = [1, 2, 3, 4]
        let id = try fixture.repository.writePack(objectCount: 1) { pack in
            try pack.add(.blob, bytes.span.extracting(1..<3))
        }
        #expect(try fixture.repository.object(id).bytes == [2, 3])
    }

    @Test("with fewer or more objects than announced nothing is kept", arguments: [1, 3])
    func wrongCount(_ announced: Int) throws {
        let fixture = try RepositoryFixture()
        let error = #expect(throws: GitError.self) {
            try fixture.repository.writePack(objectCount: announced) { pack in
                try pack.add(.blob, [1])
                try pack.add(.blob, [2])
            }
        }
        #expect(error?.code == .invalidSpec)
        #expect(fixture.repository.contains(ObjectID.hash(.blob, [1])) == false)
        #expect(try fixture.folder.names(in: "fixture.git/objects/pack").isEmpty)
    }

    @Test("the same object twice is refused and nothing is kept")
    func twice() throws {
        let fixture = try RepositoryFixture()
        let error = #expect(throws: GitError.self) {
            try fixture.repository.writePack(objectCount: 2) { pack in
                try pack.add(.blob, [1])
                try pack.add(.blob, [1])
            }
        }
        #expect(error?.code == .exists)
        #expect(try fixture.folder.names(in: "fixture.git/objects/pack").isEmpty)
    }

    @Test("when the body throws nothing is kept", arguments: [1, 2_000_000])
    func bodyThrows(_ size: Int) throws {
        struct Stop: Error {}
        let fixture = try RepositoryFixture()
        #expect(throws: Stop.self) {
            try fixture.repository.writePack(objectCount: 2) { pack in
                try pack.add(.blob, [UInt8](try Noise.bytes(size)))
                throw Stop()
            }
        }
        #expect(try fixture.folder.names(in: "fixture.git/objects/pack").isEmpty)
    }

    @Test("no objects make no pack")
    func none() throws {
        let fixture = try RepositoryFixture()
        let result = try fixture.repository.writePack(objectCount: 0) { _ in "done" }
        #expect(result == "done")
        #expect(try fixture.folder.names(in: "fixture.git/objects/pack").isEmpty)
    }

    @Test("an impossible count is refused", arguments: [-1, Int(UInt32.max) + 1])
    func impossible(_ count: Int) throws {
        let fixture = try RepositoryFixture()
        let error = #expect(throws: GitError.self) {
            try fixture.repository.writePack(objectCount: count) { _ in }
        }
        #expect(error?.code == .invalidSpec)
    }

    @Test("an object that is here already may be written again")
    func again() async throws {
        let fixture = try RepositoryFixture()
        let first = try fixture.commit("same")
        #expect(try fixture.commit("same") == first)
        try await fixture.git("fsck", "--full", "--strict")
    }

    @Test("leftovers of killed transfers are removed, and nothing else")
    func leftovers() async throws {
        let fixture = try RepositoryFixture()
        let commit = try fixture.commit("kept")
        let kept = try fixture.folder.names(in: "fixture.git/objects/pack")
        let pack = "fixture.git/objects/pack/"
        let zeros = String(repeating: "0", count: 40)
        for name in [
            "pack_git2_1ce9528eec98e508", "pack_git2_1ce9528eec98idx.lock", "tmp_pack_abc",
            "tmp_idx_abc", "pack-\(zeros).idx.lock", "pack-\(zeros).idx",
        ] {
            try fixture.folder.write(pack + name, "x", mode: 0o444)
        }
        for name in ["pack-\(zeros).keep", "notes"] { try fixture.folder.write(pack + name, "x") }
        try fixture.repository.removeAbandonedTransfers()
        let left = try fixture.folder.names(in: "fixture.git/objects/pack")
        #expect(Set(left) == Set(kept + ["pack-\(zeros).keep", "notes"]))
        #expect(try await fixture.git("show", "\(commit):file") == "kept")
    }

    @Test("in a shared repository only libgit2's own old leftovers are removed")
    func sharedLeftovers() throws {
        let fixture = try RepositoryFixture()
        let pack = "fixture.git/objects/pack/"
        let ages: [(name: String, age: TimeInterval)] = [
            ("pack_git2_old", 700), ("pack_git2_young", 500), ("pack_git2_future", -700),
            ("tmp_pack_abc", 700), ("pack-\(String(repeating: "0", count: 40)).idx.lock", 700),
        ]
        for (name, age) in ages {
            try fixture.folder.write(pack + name, "x")
            try FileManager.default.setAttributes(
                [.modificationDate: Date.now.addingTimeInterval(-age)],
                ofItemAtPath: fixture.folder(pack + name))
        }
        try fixture.repository.removeAbandonedPacks(olderThan: 600)
        let left = try fixture.folder.names(in: pack)
        #expect(Set(left) == Set(ages.dropFirst().map(\.name)))
    }

    @Test("without leftovers, or a folder of packs, there is nothing to remove")
    func noLeftovers() throws {
        let fixture = try RepositoryFixture()
        try fixture.repository.removeAbandonedTransfers()
        try FileManager.default.removeItem(atPath: fixture.folder("fixture.git/objects/pack"))
        try fixture.repository.removeAbandonedTransfers()
    }
}
