public import BundleModel
internal import LibGit2

extension BundleRepository {
    /// Finds what a reference names; throws `not_found`.
    public func resolve(_ reference: BundleReference) throws(SheafError) -> ResolvedCommit {
        try ReferenceResolver(reader: reader).resolve(reference, repository)
    }

    /// The revisions of a bundle, newest first.
    ///
    /// - Throws: `not_found`, `provenance_invalid` for a commit that is no revision,
    ///   `history_rewritten` where the numbers do not go down by one.
    public func log(
        _ bundle: BundleID, limit: Int = .max
    ) throws(SheafError) -> [Revision] {
        var revisions: [Revision] = []
        guard limit > 0 else { return [] }
        try branch(bundle).walk(repository) { (revision) throws(SheafError) in
            revisions.append(revision)
            return revisions.count < limit
        }
        return revisions
    }

    /// The files of a revision, by path.
    ///
    /// - Throws: `malformed_bundle`, `limit_exceeded` or `store_corrupt` for a tree that cannot be
    ///   one of a bundle.
    public func files(of commit: ResolvedCommit) throws(SheafError) -> [BundleFile] {
        let listing = try TreeListing(repository, tree: try tree(of: commit), limits: limits)
        return try listing.files("commit \(commit.commit.short)").map {
            BundleFile(path: $0.path, size: $0.size)
        }
    }

    /// The bytes of one file of a revision; throws `not_found`.
    public func file(
        _ path: BundlePath, of commit: ResolvedCommit
    ) throws(SheafError) -> [UInt8] {
        try TreeFileReader(limits: limits).contents(
            of: path, in: try tree(of: commit), repository)
    }

    /// The documents of a revision; a file in which today's rules find something is there as far as
    /// it can be read.
    ///
    /// - Throws: `malformed_bundle` without a usable bundle.yaml, `store_corrupt` when an object is
    ///   missing.
    public func documents(of commit: ResolvedCommit) throws(SheafError) -> BundleDocuments {
        try ContentsVerifier(limits: limits, documents: documents, digests: digests).read(
            repository, verified: try tree(of: commit),
            subject: "commit \(commit.commit.short)"
        ).documents
    }

    /// The digest of a revision, computed from its contents.
    public func digest(of commit: ResolvedCommit) throws(SheafError) -> BundleDigest {
        try TreeDigester(memory: digests, limits: limits).digest(
            repository, tree: try tree(of: commit))
    }

    func tree(of commit: ResolvedCommit) throws(SheafError) -> ObjectID {
        guard let tree = ObjectID(hex: commit.tree) else {
            throw SheafError(.storeCorrupt, "commit \(commit.commit.short) has no tree")
        }
        return tree
    }
}
