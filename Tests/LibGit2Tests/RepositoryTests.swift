import Foundation
import LibGit2
import Synchronization
import Testing

@Suite struct RepositoryTests {
    @Test("a created repository is one for git, bare, with the branch that was asked for")
    func create() async throws {
        let folder = try TemporaryFolder()
        let path = folder("deep/down/new.git")
        let repository = try Repository.createBare(at: path, initialBranch: "trunk")
        let git = Git(folder: path)
        #expect(try await git("rev-parse", "--is-bare-repository") == "true")
        #expect(try await git("symbolic-ref", "HEAD") == "refs/heads/trunk")
        #expect(try await git("fsck", "--strict") == "")
        #expect(try await git("branch", "--show-current") == "trunk")
        #expect(try repository.headTarget() == "refs/heads/trunk")
        #expect(repository.path == URL(fileURLWithPath: path).resolvingSymlinksInPath().path + "/")
    }

    @Test("the first branch is main unless another is asked for")
    func defaultBranch() throws {
        let folder = try TemporaryFolder()
        let repository = try Repository.createBare(at: folder("a.git"), initialBranch: nil)
        #expect(try repository.headTarget() == "refs/heads/main")
    }

    @Test("creating where a repository is fails and leaves it as it was")
    func createTwice() throws {
        let folder = try TemporaryFolder()
        _ = try Repository.createBare(at: folder("a.git"), initialBranch: "one")
        let error = #expect(throws: GitError.self) {
            _ = try Repository.createBare(at: folder("a.git"), initialBranch: "two")
        }
        #expect(error?.code == .exists)
        #expect(try Repository.open(at: folder("a.git")).headTarget() == "refs/heads/one")
    }

    @Test("a bare repository, a .git and the folder that holds one can be opened")
    func open() async throws {
        let folder = try TemporaryFolder()
        _ = try await Git.repository(at: folder("work"))
        let inside = try Repository.open(at: folder("work/.git")).path
        #expect(try Repository.open(at: folder("work")).path == inside)
        #expect(inside.hasSuffix("/work/.git/"))
    }

    @Test(
        "what is no repository is not opened, a folder inside one neither, and nothing is created",
        arguments: ["work/sub", "missing", "empty", "work/file"])
    func notFound(_ name: String) async throws {
        let folder = try TemporaryFolder()
        _ = try await Git.repository(at: folder("work"))
        try folder.write("work/sub/file", "")
        try folder.write("work/file", "")
        try FileManager.default.createDirectory(
            atPath: folder("empty"), withIntermediateDirectories: true)
        let error = #expect(throws: GitError.self) { _ = try Repository.open(at: folder(name)) }
        #expect(error?.code == .notFound)
        #expect(try folder.names(in: "").sorted() == ["empty", "work"])
        #expect(try folder.names(in: "empty").isEmpty)
    }

    @Test("HEAD can name a branch that is not born yet, in short or in full")
    func head() async throws {
        let fixture = try RepositoryFixture()
        try fixture.repository.setHead(toBranch: "bundles/a")
        #expect(try fixture.repository.headTarget() == "refs/heads/bundles/a")
        #expect(try await fixture.git("symbolic-ref", "HEAD") == "refs/heads/bundles/a")
        try fixture.repository.setHead(toBranch: "refs/heads/other")
        #expect(try fixture.repository.headTarget() == "refs/heads/other")
        let error = #expect(throws: GitError.self) {
            try fixture.repository.setHead(toBranch: "no..good")
        }
        #expect(error?.code == .invalidSpec)
    }

    @Test("a detached HEAD names no branch")
    func detached() async throws {
        let fixture = try RepositoryFixture()
        let commit = try fixture.commit("x")
        try await fixture.git("update-ref", "--no-deref", "HEAD", commit.hex)
        #expect(try fixture.repository.headTarget() == nil)
    }

    @Test("configuration is the repository's own, as git reads and writes it")
    func configuration() async throws {
        let fixture = try RepositoryFixture()
        #expect(try fixture.repository.configString("sheaf.workspace") == nil)
        try fixture.repository.setConfigString("sheaf.workspace", "acme \"x\" #1")
        #expect(try await fixture.git("config", "sheaf.workspace") == "acme \"x\" #1")
        try await fixture.git("config", "sheaf.workspace", "other")
        #expect(try fixture.repository.configString("sheaf.workspace") == "other")
        #expect(try fixture.repository.configString("core.bare") == "true")
    }

    @Test("a key that is not one is refused")
    func badKey() throws {
        let fixture = try RepositoryFixture()
        let error = #expect(throws: GitError.self) {
            try fixture.repository.setConfigString("nodot", "x")
        }
        #expect(error?.code == .invalidSpec)
    }

    @Test("a repository may be kept in an actor and used from many tasks")
    func actorState() async throws {
        let folder = try TemporaryFolder()
        let owner = try RepositoryOwner(creatingAt: folder("a.git"))
        let heads = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<10 { group.addTask { try await owner.with { try $0.headTarget() } } }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(heads == ["refs/heads/main"])
    }

    @Test("a repository may be kept in a mutex")
    func inMutex() throws {
        let folder = try TemporaryFolder()
        let mutex = Mutex(try Repository.createBare(at: folder("a.git"), initialBranch: "x"))
        #expect(try mutex.withLock { try $0.headTarget() } == "refs/heads/x")
    }
}
