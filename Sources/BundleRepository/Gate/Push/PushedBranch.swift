internal import BundleModel
internal import LibGit2

/// A branch that would move forward, and the commits that it would gain.
struct PushedBranch {
    let update: RefUpdate
    let branch: GatedBranch
    /// The new commits, oldest first.
    let commits: [CommitID]

    /// More are pushed in parts, so that one push is checked within its time.
    private static let maximumCommits = 20_000

    /// Throws `invalid_request` for another kind of reference, `history_rewritten` for anything but
    /// a move forward along single parents, `conflict` when the branch is not where the push began,
    /// `limit_exceeded` for too many commits or one that is too large, `provenance_invalid` for one
    /// that is not well formed or no commit.
    init(
        _ update: RefUpdate, _ repository: borrowing Repository, _ reader: CommitReader
    ) throws(SheafError) {
        branch = try GatedBranch(update.name)
        self.update = update
        guard let new = update.new else {
            throw SheafError(
                .historyRewritten, "a branch of revisions or releases is never deleted",
                hint: "what is not wanted any more is replaced by a newer revision")
        }
        try Self.requirePlace(update, repository)
        commits = try Self.line(from: new, to: update.old, repository, reader)
    }

    private static func requirePlace(
        _ update: RefUpdate, _ repository: borrowing Repository
    ) throws(SheafError) {
        let current = try mapping("the branch") { () throws(GitError) in
            if try repository.symbolicTarget(of: update.name) != nil {
                throw GitError(code: .invalidSpec, message: "symbolic")
            }
            return try repository.reference(update.name)
        }
        guard try current.map({ (id) throws(SheafError) in try CommitID(id) }) == update.old else {
            throw SheafError(
                .conflict, "the branch was moved by somebody else meanwhile",
                hint: "git fetch, and push again")
        }
    }

    private static func line(
        from new: CommitID, to old: CommitID?, _ repository: borrowing Repository,
        _ reader: CommitReader
    ) throws(SheafError) -> [CommitID] {
        var line: [CommitID] = []
        var next: CommitID? = new
        while let commit = next, commit != old {
            guard line.count < maximumCommits else {
                throw SheafError(
                    .limitExceeded, "the push has more than \(maximumCommits) new commits",
                    hint: "push the history in parts")
            }
            line.append(commit)
            let parents = try parents(of: commit, repository, reader)
            guard parents.count <= 1 else {
                throw SheafError(
                    .historyRewritten, "commit \(commit.short) is a merge",
                    details: ["commit": commit.hex],
                    hint: "a merge would renumber history: git rebase, 'sheaf stamp', push again")
            }
            next = parents.first
        }
        if old != nil, next == nil {
            throw SheafError(
                .historyRewritten, "commit \(new.short) does not follow the newest of the branch",
                hint: "git fetch, git rebase onto the branch, 'sheaf stamp', and push again")
        }
        return line.reversed()
    }

    private static func parents(
        of commit: CommitID, _ repository: borrowing Repository, _ reader: CommitReader
    ) throws(SheafError) -> [CommitID] {
        let raw = try CommitReader.reached(from: "the branch") { () throws(SheafError) in
            try reader.raw(repository, commit)
        }
        var parents: [CommitID] = []
        for parent in raw.parents { parents.append(try CommitID(parent)) }
        return parents
    }
}
