internal import BundleModel
internal import LibGit2

/// The branch of one bundle's revisions.
struct RevisionBranch {
    let bundle: BundleID
    let reader: CommitReader

    /// The newest revision's commit; nil when the bundle has none.
    func head(_ repository: borrowing Repository) throws(SheafError) -> CommitID? {
        let name = BundleRefName.revisions(bundle)
        let target = try mapping("the branch of '\(bundle)'") { () throws(GitError) in
            try repository.reference(name)
        }
        return try target.map { (id) throws(SheafError) in try CommitID(id) }
    }

    /// The newest revision; throws `not_found` when the bundle has none.
    func newest(_ repository: borrowing Repository) throws(SheafError) -> Revision {
        guard let head = try head(repository) else {
            throw SheafError(
                .notFound, "there is no bundle '\(bundle)' in this repository",
                hint: "'sheaf publish DIR' publishes one")
        }
        return try CommitReader.reached(from: "the branch of '\(bundle)'") {
            () throws(SheafError) in try reader.revision(repository, head, of: bundle)
        }
    }

    /// Walks from the newest revision back until the body says stop.
    ///
    /// Throws `history_rewritten` where the numbers do not go down by one.
    func walk(
        _ repository: borrowing Repository, _ body: (Revision) throws(SheafError) -> Bool
    ) throws(SheafError) {
        try walk(repository, from: try newest(repository), body)
    }

    /// Walks from a revision back until the body says stop.
    func walk(
        _ repository: borrowing Repository, from start: Revision,
        _ body: (Revision) throws(SheafError) -> Bool
    ) throws(SheafError) {
        var revision = start
        while try body(revision), let parent = revision.parent {
            let previous = try CommitReader.reached(
                from: "revision \(revision.number) of '\(bundle)'"
            ) { () throws(SheafError) in try reader.revision(repository, parent, of: bundle) }
            guard previous.number == revision.number - 1 else {
                throw SheafError(
                    .historyRewritten,
                    "revision \(revision.number) of '\(bundle)' follows revision "
                        + "\(previous.number)",
                    details: ["commit": revision.commit.hex])
            }
            guard previous.provenance.workspace == revision.provenance.workspace else {
                throw SheafError(
                    .workspaceMismatch,
                    "revisions \(previous.number) and \(revision.number) of '\(bundle)' are of "
                        + "different workspaces")
            }
            revision = previous
        }
    }

    /// The first revision, from the newest on, that a condition holds for.
    func first(
        _ repository: borrowing Repository, where condition: (Revision) -> Bool
    ) throws(SheafError) -> Revision? {
        var found: Revision?
        try walk(repository) { (revision) throws(SheafError) in
            if condition(revision) { found = revision }
            return found == nil
        }
        return found
    }
}
