import LibGit2

/// A repository in an actor on a thread that may block, as the product keeps one.
actor RepositoryOwner {
    private let executor: BlockingExecutor
    private let repository: Repository

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(at path: String) throws {
        executor = BlockingExecutor(label: "tests")
        repository = try Repository.open(at: path)
    }

    init(creatingAt path: String) throws {
        executor = BlockingExecutor(label: "tests")
        repository = try Repository.createBare(at: path, initialBranch: nil)
    }

    func with<Result: Sendable>(
        _ body: @Sendable (borrowing Repository) throws -> Result
    ) throws -> Result {
        try body(repository)
    }
}
