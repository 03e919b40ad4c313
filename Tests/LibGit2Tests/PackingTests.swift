import Foundation
import LibGit2
import Testing

@Suite("Packs made of packs")
struct PackingTests {
    /// A bare repository with a history of many versions of a few files, packed by git.
    private static func history(
        _ folder: TemporaryFolder, versions: Int = 60, _ options: [String] = []
    ) async throws -> Git {
        var noise = SystemRandomNumberGenerator()
        // All of one length: git looks for bases in the order of sizes.
        func line() -> String {
            (0..<4).map { _ in String(noise.next() | 1 << 63, radix: 16) }.joined()
        }
        var lines = (0..<400).map { _ in line() }
        var stream = ""
        for version in 1...versions {
            // The further apart two versions are the less they have in common: chains get long.
            for _ in 0..<6 { lines[Int.random(in: 0..<400)] = line() }
            let text = lines.joined(separator: "\n")
            stream += "commit refs/heads/main\nmark :\(version)\n"
            stream += "committer Ada <ada@example.org> \(1_700_000_000 + version) +0000\n"
            stream += "data 1\nx\n"
            if version > 1 { stream += "from :\(version - 1)\n" }
            stream += "M 100644 inline large.txt\ndata \(text.utf8.count)\n\(text)\n"
            let small = "part-\(version % 7)/small.txt"
            stream += "M 100644 inline \(small)\ndata 2\n\(version % 10)\n\n"
        }
        _ = try Repository.createBare(at: folder("bare.git"), initialBranch: "main")
        try await Git(folder: folder("bare.git"))(
            "fast-import", "--quiet", input: Data(stream.utf8))
        let git = Git(folder: folder("bare.git"))
        _ = try await git.bytes(options + ["repack", "-adfq", "--depth=50", "--window=50"])
        return git
    }

    private static func reached(
        _ git: Git, in repository: borrowing Repository
    ) async throws -> ReachedObjects {
        let head = try #require(ObjectID(hex: try await git("rev-parse", "refs/heads/main")))
        var reached = ReachedObjects()
        try reached.add([head], areNewest: true, in: repository)
        return reached
    }

    /// The longest chain of deltas in a pack, as git counts it.
    private static func depth(_ git: Git, _ pack: String) async throws -> Int {
        let listed = try await git("verify-pack", "-v", "objects/pack/\(pack).idx")
        return listed.split(separator: "\n").compactMap { line in
            line.firstMatch(of: /chain length = (\d+)/).flatMap { Int($0.1) }
        }.max() ?? 0
    }

    @Test(
        "what git packed in any way is taken over whole, with short chains and no loss",
        arguments: [
            [], ["-c", "pack.indexVersion=1"], ["-c", "repack.useDeltaBaseOffset=false"],
            ["-c", "pack.compression=0"],
        ])
    func takenOver(_ options: [String]) async throws {
        let folder = try TemporaryFolder()
        let git = try await Self.history(folder, options)
        let repository = try Repository.open(at: folder("bare.git"))
        let old = try repository.storedPacks()
        #expect(old.count == 1)
        #expect(try await Self.depth(git, old[0].name) > 16)
        let reached = try await Self.reached(git, in: repository)
        let counted = try await git("rev-list", "--objects", "--all").split(separator: "\n")
        #expect(Set(reached.ids.map(\.hex)) == Set(counted.map { String($0.prefix(40)) }))
        let new = try repository.writePack(
            of: reached.ids, newest: reached.newest, from: old)
        try repository.removePacks(old)
        #expect(try repository.storedPacks() == [new])
        try await git("fsck", "--full", "--strict")
        #expect(try await Self.depth(git, new.name) <= 16)
        // What is read most has no delta in front of it.
        let listed = try await git("verify-pack", "-v", "objects/pack/\(new.name).idx")
        for id in reached.ids.prefix(reached.newest) {
            let line = try #require(
                listed.split(separator: "\n").first { $0.hasPrefix(id.hex) })
            #expect(line.split(separator: " ").count == 5, "\(line)")
        }
    }

    @Test("objects in files of their own are packed too, and their files can go")
    func loose() async throws {
        let folder = try TemporaryFolder()
        let work = try await Git.repository(at: folder("work"))
        try folder.write("work/a.txt", "a\n")
        _ = try await work.commit("one")
        let git = Git(folder: folder("work/.git"))
        let repository = try Repository.open(at: folder("work/.git"))
        let reached = try await Self.reached(git, in: repository)
        let loose = try repository.looseObjects()
        #expect(Set(loose) == Set(reached.ids) && loose.count == 3)
        _ = try repository.writePack(of: reached.ids, newest: 0, from: [])
        try repository.removeLooseObjects(loose)
        #expect(try repository.looseObjects() == [])
        try await work("fsck", "--full", "--strict")
    }

    @Test("the same objects give the same pack, and a pack of nothing but it changes nothing")
    func same() async throws {
        let folder = try TemporaryFolder()
        let git = try await Self.history(folder, versions: 5)
        let repository = try Repository.open(at: folder("bare.git"))
        let reached = try await Self.reached(git, in: repository)
        let first = try repository.writePack(
            of: reached.ids, newest: reached.newest, from: repository.storedPacks())
        let again = try repository.writePack(
            of: reached.ids, newest: reached.newest, from: [first])
        #expect(first == again)
        try await git("fsck", "--full", "--strict")
    }

    @Test("a damaged entry is found before anything is kept", arguments: [40, 400, 900])
    func damaged(_ place: Int) async throws {
        let folder = try TemporaryFolder()
        let git = try await Self.history(folder, versions: 12)
        let repository = try Repository.open(at: folder("bare.git"))
        let reached = try await Self.reached(git, in: repository)
        let packs = try repository.storedPacks()
        let file = folder("bare.git/objects/pack/\(packs[0].name).pack")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        var bytes = try Data(contentsOf: URL(filePath: file))
        for index in place..<place + 8 { bytes[index] ^= 0x55 }
        try bytes.write(to: URL(filePath: file))
        let names = try folder.names(in: "bare.git/objects/pack")
        let fresh = try Repository.open(at: folder("bare.git"))
        #expect(throws: GitError.self) {
            _ = try fresh.writePack(of: reached.ids, newest: 0, from: packs)
        }
        #expect(try folder.names(in: "bare.git/objects/pack") == names)
    }

    @Test("a missing file of a tree is told, and passed over where that is asked for")
    func missing() async throws {
        let fixture = try RepositoryFixture()
        let tree = RawTree.encode([
            TreeEntry(
                mode: 0o100644, name: Array("gone".utf8),
                id: ObjectID.hash(.blob, Array("gone".utf8)))
        ])
        let id = try fixture.repository.writePack(objectCount: 1) { try $0.add(.tree, tree) }
        var strict = ReachedObjects()
        #expect(throws: GitError.self) { try strict.add([id], in: fixture.repository) }
        var lenient = ReachedObjects()
        try lenient.add([id], isLenient: true, in: fixture.repository)
        #expect(lenient.ids == [id])
    }

    @Test("a pack that comes in parts is whole when it has come, and gone when it is none")
    func received() async throws {
        let folder = try TemporaryFolder()
        let git = try await Self.history(folder, versions: 8)
        let source = try Repository.open(at: folder("bare.git")).storedPacks()[0].name
        let pack = try Data(
            contentsOf: URL(filePath: folder("bare.git/objects/pack/\(source).pack")))
        let fixture = try RepositoryFixture()
        func take(_ bytes: [UInt8], in parts: Int) throws -> Int {
            var rest = bytes[...]
            return try fixture.repository.receivePack(
                deadline: .seconds(60), isCancelled: { false }
            ) { () throws(FileSystemError) in
                defer { rest = rest.dropFirst(parts) }
                return Array(rest.prefix(parts))
            }
        }
        let packs = "fixture.git/objects/pack"
        var broken = Array(pack)
        broken[broken.count / 2] ^= 0xFF
        for bad in [
            Array(pack.dropLast(30)), Array(pack) + [1, 2, 3], broken, Array("x".utf8), [],
        ] {
            #expect(throws: TransportError.self) { _ = try take(bad, in: 1000) }
            #expect(try fixture.folder.names(in: packs) == [])
        }
        #expect(throws: TransportError.cancelled) {
            _ = try fixture.repository.receivePack(
                deadline: .seconds(60), isCancelled: { true }
            ) { () throws(FileSystemError) in Array(pack) }
        }
        #expect(try fixture.folder.names(in: packs) == [])
        let count = try take(Array(pack), in: 777)
        let listed = try await git("rev-list", "--objects", "--all").split(separator: "\n")
        #expect(count == listed.count)
        try await fixture.git("fsck", "--full", "--strict")
    }
}
