internal import BundleModel
internal import LibGit2

/// The contents of pushed revisions, checked with the one validator and no work done twice.
struct RevisionContents {
    private let limits: ContentLimits
    private let directory: String
    private let documents = DocumentMemory()
    private let digests = DigestMemory()
    private var memories: [BundleID: VerifiedRevisions] = [:]
    private var newest: [BundleID: ObjectID] = [:]

    init(limits: ContentLimits, directory: String) {
        self.limits = limits
        self.directory = directory
    }

    /// Whether the contents of a revision were found in order under today's rules.
    mutating func isVerified(_ commit: CommitID, of bundle: BundleID) -> Bool {
        memory(of: bundle).commits.contains(commit)
    }

    /// Checks the contents of a revision against what its trailers say.
    ///
    /// Throws what ``ContentsVerifier`` throws.
    mutating func check(
        _ revision: Revision, _ repository: borrowing Repository
    ) throws(SheafError) {
        let bundle = revision.provenance.bundle
        if isVerified(revision.commit, of: bundle) { return }
        guard let tree = ObjectID(hex: revision.tree) else {
            throw SheafError(.storeCorrupt, "commit \(revision.commit.short) has no tree")
        }
        documents.take(try known(tree, after: revision.parent, of: bundle, repository))
        _ = try ContentsVerifier(limits: limits, documents: documents, digests: digests).verify(
            repository, tree: tree, claims: revision.provenance, commit: revision.commit,
            subject: "commit \(revision.commit.short)")
        memories[bundle]?.add(revision.commit)
        newest[bundle] = tree
    }

    /// Everything that is wrong with the contents of a commit whose trailers cannot be read.
    mutating func findings(
        of commit: CommitID, tree: ObjectID, _ repository: borrowing Repository
    ) throws(SheafError) -> [Finding] {
        documents.take(nil)
        return try ContentsVerifier(limits: limits, documents: documents, digests: digests)
            .findings(repository, tree: tree, subject: "commit \(commit.short)")
    }

    /// Keeps what was found in order for the next push.
    func save(_ repository: borrowing Repository) {
        guard limits == .standard else { return }
        for (bundle, tree) in newest {
            guard var memory = memories[bundle] else { continue }
            var values: [(id: ObjectID, value: SHA256Value)] = []
            var seen: Set<ObjectID> = []
            try? collect(repository, tree, &values, &seen)
            memory.keep(values)
            memory.save(of: bundle, in: directory)
        }
    }

    private func collect(
        _ repository: borrowing Repository, _ tree: ObjectID,
        _ values: inout [(id: ObjectID, value: SHA256Value)], _ seen: inout Set<ObjectID>
    ) throws(GitError) {
        guard seen.insert(tree).inserted else { return }
        if let value = digests.value(of: tree) { values.append((tree, value)) }
        for entry in try repository.tree(tree) {
            if entry.isTree {
                try collect(repository, entry.id, &values, &seen)
            } else if seen.insert(entry.id).inserted, let value = digests.value(of: entry.id) {
                values.append((entry.id, value))
            }
        }
    }

    /// What the revision before, when it is known to be in order, has of a tree.
    private mutating func known(
        _ tree: ObjectID, after parent: CommitID?, of bundle: BundleID,
        _ repository: borrowing Repository
    ) throws(SheafError) -> AcceptedFiles? {
        guard let parent, isVerified(parent, of: bundle) else { return nil }
        let id = try parent.objectID()
        let earlier = try mapping("commit \(parent.short)") { () throws(GitError) in
            try repository.commit(id).tree
        }
        return try AcceptedFiles(repository, tree: tree, knowing: earlier, limits: limits)
    }

    private mutating func memory(of bundle: BundleID) -> VerifiedRevisions {
        if let known = memories[bundle] { return known }
        guard limits == .standard else {
            // What was found in order under other limits says nothing under these.
            let none = VerifiedRevisions()
            memories[bundle] = none
            return none
        }
        let memory = VerifiedRevisions(of: bundle, in: directory)
        for (id, value) in memory.digests { digests.remember(value, of: id) }
        memories[bundle] = memory
        return memory
    }
}
