internal import BundleModel
internal import LibGit2

/// Checks the contents of a commit: the one validator, and the digest that the trailers claim.
struct ContentsVerifier {
    let limits: ContentLimits
    /// Parsed documents by blob; nil to parse everything anew.
    let documents: DocumentMemory?
    /// Digests by object; nil to hash everything anew.
    let digests: DigestMemory?
    /// What verified blobs and trees are; nil to read each anew.
    var listed: ListingMemory?

    /// What was found in order.
    struct Verified {
        let documents: BundleDocuments
        let files: Int
        let bytes: Int
    }

    /// Checks a tree against what its commit says of it, and what the commit says in words.
    ///
    /// Throws the code of the first finding, `workspace_mismatch` when bundle.yaml names another
    /// bundle or workspace than the trailers, `digest_mismatch` when the contents are others than
    /// claimed, `store_corrupt` when an object is missing.
    func verify(
        _ repository: borrowing Repository, tree: ObjectID, claims: RevisionProvenance,
        commit: CommitID, subject: String
    ) throws(SheafError) -> Verified {
        let (listing, checked) = try check(repository, tree, subject)
        let id = try commit.objectID()
        let raw = try mapping(subject) { () throws(GitError) in try repository.commit(id) }
        let findings = CommitText.findings(raw) + checked.findings
        if let error = SheafError(findings: findings, in: subject) { throw error }
        guard let documents = checked.documents else {
            throw SheafError(.malformedBundle, "\(subject) has no usable bundle.yaml")
        }
        try Self.require(documents.manifest, claims, subject)
        let digest = try TreeDigester(memory: digests).digest(repository, tree: tree)
        guard digest == claims.digest else {
            throw SheafError(
                .digestMismatch, "the contents of \(subject) do not have the digest it claims",
                details: ["claimed": claims.digest.description, "actual": digest.description])
        }
        listed?.remember(listing.readSizes)
        let entries = listing.raw.entries
        let files = entries.count { $0.kind == .file }
        self.documents?.finishRevision(files: files)
        return Verified(
            documents: documents, files: files, bytes: entries.reduce(0) { $0 + $1.size })
    }

    /// Reads the documents of a tree that was verified before, whatever today's rules find in it.
    ///
    /// Throws `malformed_bundle` without a usable bundle.yaml, `store_corrupt` when an object is
    /// missing.
    func read(
        _ repository: borrowing Repository, verified tree: ObjectID, subject: String
    ) throws(SheafError) -> (documents: BundleDocuments, findings: [Finding]) {
        let (_, checked) = try check(repository, tree, subject)
        guard let documents = checked.documents else {
            throw SheafError(.malformedBundle, "\(subject) has no usable bundle.yaml")
        }
        return (documents, checked.findings)
    }

    /// Everything that is wrong with the contents alone, whatever a commit says of them.
    func findings(
        _ repository: borrowing Repository, tree: ObjectID, subject: String
    ) throws(SheafError) -> [Finding] {
        try check(repository, tree, subject).1.findings
    }

    private func check(
        _ repository: borrowing Repository, _ tree: ObjectID, _ subject: String
    ) throws(SheafError) -> (TreeListing, BundleCheckResult) {
        let listing = try TreeListing(repository, tree: tree, limits: limits, memory: listed)
        var ahead = ReadAhead(listing, limits, documents, digests)
        let checked = try BundleContentsCheck.run(listing.raw, limits: limits) {
            (path, index) throws(SheafError) in
            guard let blob = listing.blob(ofEntry: index) else {
                throw SheafError(.storeCorrupt, "a file of \(subject) is missing")
            }
            return try DocumentMemory.document(path, blob, limits, in: documents) {
                (isScanned) throws(SheafError) in
                if !isScanned, let parsed = ahead.document(path, index, repository) {
                    return parsed
                }
                let bytes = try mapping("a file of \(subject)") { () throws(GitError) in
                    try repository.object(blob).bytes
                }
                return ParsedDocument(
                    path: path, bytes: bytes, limits: limits, isScanned: isScanned)
            }
        }
        return (listing, checked)
    }

    private static func require(
        _ manifest: BundleManifest, _ claims: RevisionProvenance, _ subject: String
    ) throws(SheafError) {
        guard manifest.workspace == claims.workspace else {
            throw mismatch("workspace", manifest.workspace, claims.workspace, subject)
        }
        guard manifest.bundle == claims.bundle else {
            throw mismatch("bundle", manifest.bundle, claims.bundle, subject)
        }
    }

    private static func mismatch<Name: Identifier>(
        _ noun: String, _ inside: Name, _ claimed: Name, _ subject: String
    ) -> SheafError {
        SheafError(
            .workspaceMismatch,
            "bundle.yaml of \(subject) says \(noun) '\(inside)', its trailers say '\(claimed)'",
            details: ["expected": claimed.rawValue, "actual": inside.rawValue])
    }
}
