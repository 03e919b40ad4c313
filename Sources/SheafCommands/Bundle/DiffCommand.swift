internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf diff`: how two states of bundles differ, file by file.
struct DiffCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two states of a bundle: directories, revisions, releases.",
        discussion: """
            One directory alone is compared with the newest revision of its bundle: what \
            publishing it would change. One reference alone is compared with the revision or \
            release before it: what it changed.

            An operand that is a directory, contains a '/' or begins with '.' is a directory. A \
            rename shows as a removal and an addition.

            EXAMPLES
              sheaf diff support-agents@1 support-agents@2
              sheaf diff support-agents@latest ./agents
              sheaf diff ./agents --stat
              sheaf diff support-agents@stable support-agents@canary --exit-code

            JSON
              {"from", "to", "additions", "deletions", "changes": [{"path", "kind":
              "added", "removed" or "modified", "isBinary", "additions", "deletions",
              "text"}]}
            """)

    @Argument(
        help: ArgumentHelp("The state before.", valueName: "ref|dir"), completion: .directory)
    var first: String

    @Argument(
        help: ArgumentHelp("The state after.", valueName: "ref|dir"), completion: .directory)
    var second: String?

    @Flag(help: "Exit with status 1 when there are differences.")
    var exitCode = false

    @Flag(help: "Show how much changed in each file, not the lines.")
    var stat = false

    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let from: String
        let to: String
        let additions: Int
        let deletions: Int
        let changes: [FileChange]
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let first = try Operand(first)
        let second = try second.map(Operand.init)
        // A directory alone is compared with its own bundle.
        let published = second == nil ? try await Self.published(of: first) : nil
        let bundles = [first, second, published].compactMap { $0?.bundle }
        let repository = try await repository.open(for: .reading(bundles), console)
        let before: Operand
        let after: Operand
        if let second {
            (before, after) = (first, second)
        } else if let published {
            (before, after) = (published, first)
        } else {
            (before, after) = (try await Self.predecessor(of: first, repository), first)
        }
        let changes = try await repository.diff(from: before.side, to: after.side)
        let result = Result(
            from: before.description, to: after.description,
            additions: changes.reduce(0) { $0 + $1.additions },
            deletions: changes.reduce(0) { $0 + $1.deletions }, changes: changes)
        try console.show(result) { style in
            stat ? ChangeText.statistics(changes, style) : ChangeText.unified(changes, style)
        }
        return exitCode && !changes.isEmpty ? .no : .yes
    }

    /// The newest revision of the bundle in a directory; nil for what is no directory.
    private static func published(of operand: Operand) async throws(SheafError) -> Operand? {
        guard case .directory(let path) = operand else { return nil }
        let directory = try await BundleDirectory.read(path)
        try directory.requireValid()
        guard let bundle = directory.documents?.manifest.bundle else {
            throw SheafError(.malformedBundle, "the bundle has no usable bundle.yaml")
        }
        return .reference(BundleReference(bundle: bundle, selector: .newest))
    }

    /// The revision or release before one that stands alone.
    private static func predecessor(
        of operand: Operand, _ repository: BundleRepository
    ) async throws(SheafError) -> Operand {
        guard case .reference(let reference) = operand else { return operand }
        let commit = try await repository.resolve(reference)
        guard let parent = commit.parent else {
            throw SheafError(
                .notFound, "there is nothing before '\(reference)'",
                hint: "'sheaf show \(reference)' lists its files")
        }
        return .reference(
            BundleReference(bundle: reference.bundle, selector: .commit(parent)))
    }
}

extension ResolvedCommit {
    /// The commit before it on its branch.
    fileprivate var parent: CommitID? {
        switch self {
        case .revision(let revision): revision.parent
        case .release(let release): release.parent
        }
    }
}
