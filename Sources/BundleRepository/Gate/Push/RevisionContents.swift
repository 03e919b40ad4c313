internal import BundleModel
internal import LibGit2

/// The contents of pushed revisions, checked with the one validator and no work done twice.
struct RevisionContents {
    private let limits: ContentLimits
    private let folder: GateFolder
    private let documents: DocumentMemory
    private let digests = DigestMemory()
    /// What the blobs and trees of verified revisions are.
    private let listed = ListingMemory()
    /// So many objects that are not in use any more cost less to keep than to leave out.
    private static let spareObjects = 1024
    private var memories: [BundleID: VerifiedRevisions] = [:]
    private var newest: [BundleID: (tree: ObjectID, files: Int)] = [:]

    init(limits: ContentLimits, folder: GateFolder) {
        self.limits = limits
        documents = DocumentMemory(limits: limits)
        self.folder = folder
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
        let verifier = ContentsVerifier(
            limits: limits, documents: documents, digests: digests, listed: listed)
        let verified = try verifier.verify(
            repository, tree: tree, claims: revision.provenance, commit: revision.commit,
            subject: "commit \(revision.commit.short)")
        memories[bundle]?.add(revision.commit)
        newest[bundle] = (tree, verified.files)
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
        for (bundle, newest) in newest {
            guard var memory = memories[bundle] else { continue }
            // What is known of a tree is known of all that is in it. What is not in use any more is
            // left out now and then.
            if memory.objects.count > 2 * newest.files + Self.spareObjects {
                memory.forgetObjects()
            }
            var more: [KnownObjects.Object] = []
            var seen: Set<ObjectID> = []
            try? collect(repository, newest.tree, beside: memory.objects, &more, &seen)
            memory.save(of: bundle, in: folder, adding: more)
        }
    }

    private func collect(
        _ repository: borrowing Repository, _ tree: ObjectID, beside known: KnownObjects,
        _ more: inout [KnownObjects.Object], _ seen: inout Set<ObjectID>
    ) throws(GitError) {
        guard !known.contains(tree), seen.insert(tree).inserted else { return }
        let contents = try repository.object(tree).bytes
        for entry in try RawTree.parse(contents) {
            if entry.isTree {
                try collect(repository, entry.id, beside: known, &more, &seen)
            } else if !known.contains(entry.id), seen.insert(entry.id).inserted,
                let value = digests.value(of: entry.id)
            {
                let size =
                    if let size = listed.size(of: entry.id) { size } else {
                        try repository.objectHeader(entry.id).size
                    }
                more.append(.init(id: entry.id, value: value, kind: .blob(size: size)))
            }
        }
        if let value = digests.value(of: tree) {
            more.append(.init(id: tree, value: value, kind: .tree(contents)))
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
        let memory = VerifiedRevisions(of: bundle, in: folder)
        digests.look(in: memory.objects)
        listed.look(in: memory.objects)
        memories[bundle] = memory
        return memory
    }
}
