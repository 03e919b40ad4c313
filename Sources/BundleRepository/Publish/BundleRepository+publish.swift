public import BundleModel
internal import LibGit2

extension BundleRepository {
    /// Publishes a directory as the next revision of its bundle, and releases it.
    ///
    /// The branch moves by compare-and-swap: when another publisher was faster the answer is
    /// `conflict` and nothing was changed. Contents that the newest revision has make no revision.
    ///
    /// - Throws: the code of the first finding when the directory is not a valid bundle,
    ///   `workspace_mismatch` when the repository is of another workspace, `conflict` when the
    ///   branch is not where the request expects it, `invalid_request` when Git does not know who
    ///   publishes.
    public func publish(_ request: PublishRequest) async throws(SheafError) -> PublishResult {
        // Git is asked who publishes while the directory is read.
        async let asked = Self.identity(in: request.directory, git)
        documents.takeScanned(filesInOrder(for: request.directory))
        defer { documents.takeScanned([:]) }
        let directory = try await BundleDirectory.read(
            request.directory, limits: limits, git: git, memory: documents)
        try directory.requireValid()
        let identity = try await asked.get()
        let source = try await directory.source(git)
        guard let bundle = directory.documents?.manifest.bundle else {
            throw SheafError(.malformedBundle, "the bundle has no usable bundle.yaml")
        }
        return try await delivering(Self.branches(bundle, request.channel)) {
            () throws(SheafError) in
            try write(directory, source, identity, request)
        }
    }

    private static func identity(
        in directory: String, _ git: GitProgram
    ) async -> Result<Identity, SheafError> {
        do throws(SheafError) {
            return .success(try await Identity.current(in: directory, git: git))
        } catch {
            return .failure(error)
        }
    }

    /// From here on nothing is awaited: read the branch, build, compare and swap.
    private func write(
        _ directory: BundleDirectory, _ source: (BundleSource, SourceState?),
        _ identity: Identity, _ request: PublishRequest
    ) throws(SheafError) -> PublishResult {
        guard let manifest = directory.documents?.manifest, let digest = directory.digest else {
            throw SheafError(.malformedBundle, "the bundle has no usable bundle.yaml")
        }
        try requireWorkspace(manifest.workspace)
        let bundle = manifest.bundle
        let branch = branch(bundle)
        let head = try branch.head(repository)
        try Self.require(request.expectation, head, bundle)
        let parent = try head.map { (id) throws(SheafError) in
            try continuable(try branch.reader.revision(repository, id, of: bundle), manifest)
        }
        let lock = try writerLock(bundle, request.channel)
        defer { withExtendedLifetime(lock) {} }

        let built = TreeBuilder(directory.files.lazy.map { ($0.name, $0.blob) })
        // The trailer is a claim that plain Git can make as well; the tree is what is there.
        if let parent, parent.digest == digest, parent.tree == built.root.hex {
            pointHead(at: BundleRefName.revisions(bundle))
            let release = try makeUp(parent, request, identity)
            return PublishResult(
                revision: parent, isNew: false, release: release, leftOut: directory.leftOut,
                notes: directory.notes)
        }
        let parentTree = parent.flatMap { ObjectID(hex: $0.tree) }
        var objects = try PublishedObjects(
            directory, built, repository, parent: parentTree, limits)
        let revision = try nextRevision(
            after: parent, manifest, digest, source, identity, request, &objects)
        let planned = try request.channel.flatMap { (channel) throws(SheafError) in
            try planRelease(
                of: revision, on: channel, request.reason, identity, adding: &objects)
        }
        try objects.write(
            to: repository, reading: DirectoryFileReader(root: directory.path), limits)
        try swap(BundleRefName.revisions(bundle), to: revision.commit, from: head, bundle)
        pointHead(at: BundleRefName.revisions(bundle))
        remember(revision)
        let release = try planned.map { (plan) throws(SheafError) in
            try finish(plan, revision, request, identity)
        }
        return PublishResult(
            revision: revision, isNew: true, release: release ?? nil, leftOut: directory.leftOut,
            notes: directory.notes)
    }

    private func nextRevision(
        after parent: Revision?, _ manifest: BundleManifest, _ digest: BundleDigest,
        _ source: (BundleSource, SourceState?), _ identity: Identity, _ request: PublishRequest,
        _ objects: inout PublishedObjects
    ) throws(SheafError) -> Revision {
        let number = (parent?.number ?? 0) + 1
        let provenance = RevisionProvenance(
            workspace: manifest.workspace, bundle: manifest.bundle, revision: number,
            digest: digest, source: source.0, sourceState: source.1)
        let message = try CommitMessage(
            text: request.message ?? "Publish revision \(number) of \(manifest.bundle)",
            adding: provenance.trailers, limits: limits)
        let commit = RawCommit(
            tree: objects.root, parents: try Self.parents(parent?.commit),
            author: identity.signature, committer: identity.signature,
            message: Array(message.text.utf8))
        try CommitText.require(commit)
        let person = Person(identity.signature)
        return Revision(
            commit: try CommitID(objects.add(commit)), provenance: provenance,
            parent: parent?.commit, author: person, publisher: person,
            createdAt: CommitTime(identity.signature), message: message, tree: objects.root.hex)
    }

    /// A publisher's share of the lock, for the branches that it may move.
    func writerLock(
        _ bundle: BundleID, _ channel: ChannelID?
    ) throws(SheafError) -> FileLock {
        try WriterLock(directory: repository.path)
            .shared(
                cleaning: repository, references: Self.branches(bundle, channel) + ["HEAD"])
    }

    private static func branches(_ bundle: BundleID, _ channel: ChannelID?) -> [String] {
        [BundleRefName.revisions(bundle)]
            + (channel.map { [BundleRefName.releases(bundle, $0)] } ?? [])
    }

    static func parents(_ commit: CommitID?) throws(SheafError) -> [ObjectID] {
        guard let commit else { return [] }
        return [try commit.objectID()]
    }

    private func requireWorkspace(_ workspace: WorkspaceID) throws(SheafError) {
        guard let own = try self.workspace(), own != workspace else { return }
        throw Self.mismatch(workspace, own: own)
    }

    private static func mismatch(_ workspace: WorkspaceID, own: WorkspaceID) -> SheafError {
        SheafError(
            .workspaceMismatch,
            "bundle.yaml says workspace '\(workspace)', this repository is of '\(own)'",
            details: ["expected": own.rawValue, "actual": workspace.rawValue],
            hint: "publish to the workspace's own repository with --repository")
    }

    /// A newest revision that another may follow: of the same workspace, and behind its own parent.
    ///
    /// Plain Git can put anything on a branch that it may push to; what follows such a commit could
    /// never be read.
    private func continuable(
        _ revision: Revision, _ manifest: BundleManifest
    ) throws(SheafError) -> Revision {
        let workspace = revision.provenance.workspace
        guard workspace == manifest.workspace else {
            throw SheafError(
                .workspaceMismatch,
                "revision \(revision.number) of '\(manifest.bundle)' is of workspace '\(workspace)'",
                details: ["expected": workspace.rawValue, "actual": manifest.workspace.rawValue])
        }
        var steps = 0
        try branch(manifest.bundle).walk(repository, from: revision) { _ in
            steps += 1
            return steps < 2
        }
        return revision
    }

    private static func require(
        _ expectation: PublishRequest.Expectation, _ head: CommitID?, _ bundle: BundleID
    ) throws(SheafError) {
        let expected: CommitID?
        switch expectation {
        case .any: return
        case .absent: expected = nil
        case .commit(let commit): expected = commit
        }
        if expected != head { throw moved(bundle, expected: expected, actual: head) }
    }

    static func moved(
        _ name: some CustomStringConvertible, expected: CommitID?, actual: CommitID?
    ) -> SheafError {
        SheafError(
            .conflict,
            "'\(name)' is at \(actual?.short ?? "nothing"), expected \(expected?.short ?? "nothing")",
            details: [
                "expected": expected?.hex ?? "none", "actual": actual?.hex ?? "none",
            ],
            hint: "look at what was published meanwhile and try again")
    }

    func swap(
        _ reference: String, to new: CommitID, from old: CommitID?,
        _ name: some CustomStringConvertible
    ) throws(SheafError) {
        let target = try new.objectID()
        let expected = try old.map { (id) throws(SheafError) in try id.objectID() }
        try WriterLock(directory: repository.path).note(reference, to: target)
        do {
            try repository.compareAndSwapReference(
                reference, to: target, expecting: expected, logMessage: nil)
        } catch {
            guard error.code == .modified || error.code == .locked || error.code == .exists else {
                throw SheafError(error, "the branch of '\(name)'")
            }
            if error.code == .locked {
                throw SheafError(
                    .conflict, "'\(name)' is being moved by another program", hint: "try again")
            }
            let actual = try? repository.reference(reference).flatMap { try? CommitID($0) }
            throw Self.moved(name, expected: old, actual: actual ?? nil)
        }
    }

    /// HEAD names a branch that is there, so that `git clone` checks something out.
    ///
    /// The revision is published when this runs, so a failure is none of the publish: another
    /// publisher holds the lock and does the same, or the next publish makes up for it.
    private func pointHead(at reference: String) {
        do throws(GitError) {
            if let target = try repository.headTarget(), try repository.reference(target) != nil {
                return
            }
            try repository.setHead(toBranch: reference)
        } catch {}
    }
}
