public import BundleModel
internal import LibGit2

extension BundleRepository {
    /// Opens a repository at another place: over HTTP(S), SSH, Git's own protocol, or a path.
    ///
    /// What is selected is fetched into a copy below `cache`, with `git` and as its user has set it
    /// up; everything is then read from the copy as from any repository. What ``publish(_:)``,
    /// ``release(_:to:reason:identityFrom:expectation:)`` and
    /// ``rollback(_:_:to:reason:identityFrom:expectation:)`` make is pushed with
    /// `git push --atomic`, each branch on the condition that it is still where it was: what they
    /// return is there. The copy belongs to the actor for as long as that lives.
    ///
    /// - Parameters:
    ///   - location: where it is; `{bundle}` in its path stands for the one bundle selected.
    ///   - selection: the bundles that are read or written.
    ///   - cache: the directory of copies, which is made for this user alone. Anything in it may be
    ///     removed when it is not in use.
    ///   - timeout: how long each transfer may take.
    ///   - maximumBytes: how many bytes each transfer may bring.
    ///   - limits: what the host allows, never more than `ContentLimits.standard`.
    /// - Throws: `remote_unavailable`, `remote_unauthorized`, `deadline_exceeded`, `limit_exceeded`,
    ///   `cancelled`, `store_busy`, `io_error`, and `invalid_request` where the address needs one bundle.
    public static func open(
        _ location: RepositoryLocation, for selection: RemoteSelection, cache: String,
        timeout: Duration = .seconds(300), maximumBytes: Int = 2 << 30,
        limits: ContentLimits = .standard
    ) async throws(SheafError) -> BundleRepository {
        var place = location
        if location.of(try placeholderBundle()) != location, !selection.isEmpty {
            guard let bundle = selection.bundles?.first, selection.bundles?.count == 1 else {
                throw SheafError(
                    .invalidRequest, "the repository's address is of one bundle at a time",
                    hint: "name one bundle, or an address without "
                        + "'\(RepositoryLocation.placeholder)'")
            }
            place = location.of(bundle)
        }
        return try await RemoteCopy(
            of: place, below: cache, timeout: timeout, maximumBytes: maximumBytes
        ).open(selection, limits)
    }

    private static func placeholderBundle() throws(SheafError) -> BundleID {
        do {
            return try BundleID("bundle")
        } catch {
            throw error.asError()
        }
    }

    /// Makes a change to branches here and, for a copy, at the other side. When that does not take
    /// it, the copy is as it was.
    func delivering<Value>(
        _ names: [String], _ change: () throws(SheafError) -> Value
    ) async throws(SheafError) -> Value {
        guard let upstream else { return try change() }
        let before = try targets(names)
        let value = try change()
        let after = try targets(names)
        let moves = names.compactMap { name -> BranchMove? in
            guard let new = after[name], new != before[name] else { return nil }
            return BranchMove(name: name, old: before[name], new: new)
        }
        do throws(SheafError) {
            try await upstream.push(moves)
        } catch {
            for move in moves { putBack(move) }
            throw error
        }
        return value
    }

    private func targets(_ names: [String]) throws(SheafError) -> [String: ObjectID] {
        var targets: [String: ObjectID] = [:]
        for name in names {
            targets[name] = try mapping("a branch of the copy") { () throws(GitError) in
                try repository.reference(name)
            }
        }
        return targets
    }

    /// Where this fails, the next use of the copy puts it right.
    private func putBack(_ move: BranchMove) {
        do throws(GitError) {
            if let old = move.old {
                try repository.compareAndSwapReference(
                    move.name, to: old, expecting: move.new, logMessage: nil)
            } else {
                try repository.deleteReference(move.name, expecting: move.new)
            }
        } catch {}
    }
}
