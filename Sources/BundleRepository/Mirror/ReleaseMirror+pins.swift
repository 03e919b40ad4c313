package import BundleModel
internal import LibGit2
internal import Synchronization

extension ReleaseMirror {
    /// Says whether a pin's release was accepted here, claims the pin's digest and is all here.
    ///
    /// - Parameter wasVerified: whether this host has verified the release; otherwise it does now.
    package func availability(
        _ pin: ConfigBundleRef, wasVerified: Bool
    ) throws(SheafError) -> PinAvailability {
        let lease = lease(on: pin.commit)
        defer { withExtendedLifetime(lease) {} }
        let release: Release
        do throws(SheafError) {
            release = try self.release(pin)
        } catch  where error.code == .bundleMissing {
            return .missing(reason: error.message)
        } catch  where error.code == .digestMismatch {
            return .digestMismatch(reason: error.message)
        }
        do throws(SheafError) {
            if wasVerified {
                try requireObjects(of: release)
            } else {
                _ = try open(pin, wasVerified: false)
            }
            return .available
        } catch  where error.code == .digestMismatch {
            return .digestMismatch(reason: error.message)
        } catch  where error.code == .storeCorrupt {
            return .missing(reason: "objects of release \(pin.commit.short) cannot be read")
        } catch  where error.code != .ioError {
            return .missing(reason: error.message)
        }
    }

    /// Looks at the trees of a release and at the header of every file, unless nothing has changed
    /// since they were found; throws `store_corrupt`.
    func requireObjects(of release: Release) throws(SheafError) {
        let stamp = found.look()
        if let stamp, found.contains(release.commit, in: stamp) { return }
        guard let tree = ObjectID(hex: release.tree) else {
            throw SheafError(.storeCorrupt, "release \(release.sequence) has no tree")
        }
        defer { closeReads() }
        try read { (repository) throws(SheafError) in
            _ = try TreeListing(repository, tree: tree, limits: .standard)
        }
        if let stamp { found.insert(release.commit, in: stamp) }
    }

    /// The release that a pin names.
    ///
    /// Only what an accepted channel reaches counts: a refused release may have left its objects
    /// here. Throws `bundle_missing`, `workspace_mismatch` or `digest_mismatch`.
    package func release(_ pin: ConfigBundleRef) throws(SheafError) -> Release {
        guard pin.workspace == workspace, pin.bundle == bundle else {
            throw SheafError(.workspaceMismatch, "the pin is of '\(pin.workspace)/\(pin.bundle)'")
        }
        return try read { (repository) throws(SheafError) in
            let (release, _) = try acceptedRelease(repository, pin.commit)
            guard release.provenance.revision.digest == pin.digest else {
                throw SheafError(
                    .digestMismatch,
                    "release \(pin.commit.short) has the digest "
                        + "\(release.provenance.revision.digest.short), the pin says "
                        + pin.digest.short,
                    details: [
                        "expected": pin.digest.description,
                        "actual": release.provenance.revision.digest.description,
                    ])
            }
            return release
        }
    }

    /// A release that came into service at some time, and the reference that shows it; throws
    /// `bundle_missing` for anything else, such as what a refused transfer left here.
    func acceptedRelease(
        _ repository: borrowing Repository, _ id: CommitID
    ) throws(SheafError) -> (release: Release, reference: String) {
        let commit = try id.objectID()
        guard repository.contains(commit) else { throw isMissing(id) }
        let release: Release
        do throws(SheafError) {
            release = try self.release(repository, id, on: nil)
        } catch  where Self.isNoRelease(error.code) {
            throw SheafError(
                .bundleMissing, "commit \(id.short) is not a release of '\(bundle)'",
                hint: "a pin names a release, never a revision")
        }
        let reference: String? = try mapping("history") { () throws(GitError) in
            let channel = BundleRefName.accepted(release.channel)
            if let head = try repository.reference(channel),
                try isReached(commit, from: head, repository)
            {
                return channel
            }
            let pin = BundleRefName.pin(id)
            return try repository.reference(pin) == nil ? nil : pin
        }
        guard let reference else { throw isMissing(id) }
        return (release, reference)
    }

    private func isMissing(_ id: CommitID) -> SheafError {
        SheafError(
            .bundleMissing,
            "release \(id.short) of '\(workspace)/\(bundle)' is not on this host",
            hint: "'sheaf runtime sync' fetches the newest release of a channel")
    }

    /// Whether a channel's release leads back to a commit.
    ///
    /// History only grows, so the way to the release that last led there is enough: the whole of it
    /// would open each pack that ever came.
    private func isReached(
        _ commit: ObjectID, from head: ObjectID, _ repository: borrowing Repository
    ) throws(GitError) -> Bool {
        let known = reached.withLock { $0[commit] }
        if known == head { return true }
        // What was known may be collected, when the channel was forgotten and is followed anew.
        let isNear =
            if let known { (try? repository.isDescendant(head, of: known)) == true } else { false }
        if !isNear, try !repository.isDescendant(head, of: commit) { return false }
        reached.withLock { reached in
            if reached.count >= Self.maximumKnown { reached.removeAll() }
            reached[commit] = head
        }
        return true
    }

    /// What reading any object that is no release of the bundle gives.
    private static func isNoRelease(_ code: SheafError.Code) -> Bool {
        switch code {
        case .provenanceInvalid, .notFound, .workspaceMismatch, .historyRewritten, .limitExceeded:
            true
        default: false
        }
    }

    /// Holds a release for as long as a live worker uses it.
    ///
    /// Throws `bundle_missing` when it never was in service: holding it would make it available.
    package func hold(_ commit: CommitID) throws(SheafError) {
        let target = try commit.objectID()
        let name = BundleRefName.pin(commit)
        if knownHeld.withLock({ $0.contains(commit) }) { return }
        try read { (repository) throws(SheafError) in
            _ = try acceptedRelease(repository, commit)
            try mapping("the pin of a worker") { () throws(GitError) in
                if try repository.reference(name) == target { return }
                try repository.compareAndSwapReference(
                    name, to: target, expecting: nil, logMessage: nil)
            }
        }
        _ = knownHeld.withLock { $0.insert(commit) }
    }

    /// Holds a release if its commit is here; says whether it is.
    package func holdIfPresent(_ commit: CommitID) throws(SheafError) -> Bool {
        let target = try commit.objectID()
        let isPresent = try read { (repository) throws(SheafError) in repository.contains(target) }
        if isPresent { try hold(commit) }
        return isPresent
    }

    /// Lets a release go that no live worker uses.
    package func letGo(_ commit: CommitID) throws(SheafError) {
        let target = try commit.objectID()
        let name = BundleRefName.pin(commit)
        _ = knownHeld.withLock { $0.remove(commit) }
        try read("the pin of a worker") { (repository) throws(GitError) in
            if try repository.reference(name) == target {
                try repository.deleteReference(name, expecting: target)
            }
        }
    }

    /// The releases that are held for live workers.
    package func held() throws(SheafError) -> [CommitID] {
        let references = try read("the pins") { (repository) throws(GitError) in
            try repository.references(withPrefix: BundleRefName.pinPrefix)
        }
        return references.compactMap {
            CommitID(String($0.name.dropFirst(BundleRefName.pinPrefix.count)))
        }
    }
}
