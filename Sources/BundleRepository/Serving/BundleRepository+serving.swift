package import BundleModel
internal import LibGit2

extension BundleRepository {
    /// The branches that a server shows, sorted by the bytes of their names.
    ///
    /// Whatever else is among the references is left out: no server of ours shows it to anybody.
    /// Throws `store_corrupt`.
    package func servedReferences() throws(SheafError) -> [ServedReference] {
        var found: [ServedReference] = []
        for prefix in [BundleRefName.revisionPrefix, BundleRefName.releasePrefix] {
            let references = try mapping("the branches") { () throws(GitError) in
                try repository.references(withPrefix: prefix)
            }
            for reference in references {
                guard let (bundle, kind) = ServedReference.branch(named: reference.name) else {
                    continue
                }
                found.append(
                    ServedReference(
                        bundle: bundle, kind: kind, tip: try CommitID(reference.target)))
            }
        }
        return found
    }

    /// Opens the repository anew, and lets go of the files that are open since the last time.
    ///
    /// libgit2 keeps every pack open that it has read from, also one that is gone, and each publish
    /// makes packs: without this a server would have more files open with each. All handles of a
    /// process share them, so this one is closed before the next is there.
    ///
    /// Throws `store_corrupt` when it cannot be opened, and everything stays as it is. Should it be
    /// gone between two looks, nothing is found in it until it was opened.
    package func reopen() throws(SheafError) {
        try mapping("the repository") { () throws(GitError) in
            _ = try Repository.open(at: path)
            repository = try Repository.nowhere()
            repository = try Repository.open(at: path)
        }
    }

    /// The full name of the branch that `HEAD` stands for; nil when it stands for a commit.
    package func headBranch() throws(SheafError) -> String? {
        try mapping("HEAD") { () throws(GitError) in try repository.headTarget() }
    }

    /// What a release says; throws `provenance_invalid` and others for one that is not in order.
    package func servedRelease(
        _ commit: CommitID, of bundle: BundleID, on channel: ChannelID
    ) throws(SheafError) -> Release {
        try reader.release(repository, commit, of: bundle, on: channel)
    }

    /// Where a change of the branches shows on disk, for the bundles that are there now.
    package func branchPlaces(of bundles: Set<BundleID>) -> BranchPlaces {
        BranchPlaces(repository: repository.commonPath, bundles: bundles)
    }

    /// Every commit that is reached from these along parents, themselves among them.
    ///
    /// Where the branches only moved on, what was reached from them before is not read again.
    /// Throws `store_corrupt` when one cannot be read.
    ///
    /// - Parameters:
    ///   - former: where the branches stood before.
    ///   - known: every commit that was reached from there.
    package func servedHistory(
        from tips: Set<CommitID>, after former: Set<CommitID> = [],
        reaching known: Set<CommitID> = []
    ) throws(SheafError) -> Set<CommitID> {
        let found = try history(from: tips, upTo: known)
        // A branch that was taken back or removed: not all that was known is reached any more.
        guard former.isSubset(of: found) else { return try history(from: tips, upTo: []) }
        return found.union(known)
    }

    /// The commits that are reached, of the known ones only those that come first.
    private func history(
        from tips: Set<CommitID>, upTo known: Set<CommitID>
    ) throws(SheafError) -> Set<CommitID> {
        var found = tips
        var rest = Array(tips)
        while let next = rest.popLast() {
            if known.contains(next) { continue }
            let id = try next.objectID()
            let parents = try mapping("the history") { () throws(GitError) in
                try repository.commit(id).parents
            }
            for parent in parents {
                let commit = try CommitID(parent)
                if found.insert(commit).inserted { rest.append(commit) }
            }
        }
        return found
    }
}
