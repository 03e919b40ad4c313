import LibGit2

/// A bare repository of libgit2's making, and `git` in it.
struct RepositoryFixture: ~Copyable {
    let folder: TemporaryFolder
    let repository: Repository
    let git: Git

    static let signature = Signature(
        name: "Ada", email: "ada@example.org", seconds: 1_700_000_000, offsetMinutes: 60)

    init() throws {
        let folder = try TemporaryFolder()
        let repository = try Repository.createBare(
            at: folder("fixture.git"), initialBranch: "main")
        self.folder = folder
        self.repository = repository
        git = Git(folder: folder("fixture.git"))
    }

    /// Writes a commit of one file, in one pack.
    func commit(_ content: String, parents: [ObjectID] = []) throws -> ObjectID {
        try Self.commit(content, parents: parents, in: repository)
    }

    static func commit(
        _ content: String, parents: [ObjectID] = [], in repository: borrowing Repository
    ) throws -> ObjectID {
        let content = Array(content.utf8)
        let entry = TreeEntry(
            mode: 0o100644, name: Array("file".utf8), id: ObjectID.hash(.blob, content))
        let tree = RawTree.encode([entry])
        let commit = RawCommit(
            tree: ObjectID.hash(.tree, tree), parents: parents, author: signature,
            committer: signature, message: Array("commit\n".utf8))
        return try repository.writePack(objectCount: 3) { pack in
            try pack.add(.blob, content)
            try pack.add(.tree, tree)
            return try pack.add(.commit, commit.encode())
        }
    }
}
