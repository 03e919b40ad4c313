internal import BundleModel
internal import LibGit2

/// Reads commits of bundles from the object database and checks what they say of themselves.
struct CommitReader {
    /// A commit as Git stores it, with its message read.
    struct Parts {
        let id: CommitID
        let raw: RawCommit
        let message: CommitMessage
        let parents: [CommitID]
    }

    let limits: ContentLimits

    /// Reads a commit object; throws `not_found`, `provenance_invalid` where it is not well formed,
    /// or `limit_exceeded`.
    func raw(
        _ repository: borrowing Repository, _ id: CommitID
    ) throws(SheafError) -> RawCommit {
        let object = try id.objectID()
        let subject = "commit \(id.short)"
        do {
            let header = try repository.header(object, of: .commit)
            guard header.isOfKind else {
                throw SheafError(
                    .notFound, "\(id.short) is not a commit", details: ["object": id.hex])
            }
            guard header.size <= limits.messageBytes * 2 else {
                throw SheafError(
                    .limitExceeded, "\(subject) is over \(limits.messageBytes * 2) bytes",
                    hint: "shorten its message")
            }
            let stored = try repository.object(object)
            guard let commit = try? RawCommit.parse(stored.bytes) else {
                throw SheafError(
                    .provenanceInvalid, "\(subject) is not well formed",
                    hint: "'git fsck' says what is wrong with it")
            }
            return commit
        } catch let error as SheafError {
            throw error
        } catch let error as GitError where error.code == .notFound {
            throw SheafError(.notFound, "\(subject) is not here")
        } catch let error as GitError {
            throw SheafError(error, subject)
        } catch {
            throw SheafError(.ioError, "\(subject) cannot be read")
        }
    }

    /// Reads any commit with its message; errors as of ``raw(_:_:)``.
    func parts(
        _ repository: borrowing Repository, _ id: CommitID
    ) throws(SheafError) -> Parts {
        let subject = "commit \(id.short)"
        let raw = try raw(repository, id)
        guard raw.message.count <= limits.messageBytes else {
            throw SheafError(
                .limitExceeded, "the message of \(subject) is over \(limits.messageBytes) bytes")
        }
        if raw.encoding != nil {
            throw SheafError(
                .provenanceInvalid, "\(subject) has an 'encoding' header",
                hint: "commit messages of bundles are UTF-8 without one")
        }
        var parents: [CommitID] = []
        for parent in raw.parents { parents.append(try CommitID(parent)) }
        return Parts(
            id: id, raw: raw, message: try CommitMessage(bytes: raw.message), parents: parents)
    }

    /// Reads what a branch or a commit leads to, and not a user: it has to be there and a commit.
    ///
    /// Throws `store_corrupt` where it is missing, `provenance_invalid` where it is something else.
    static func reached<Value>(
        from place: @autoclosure () -> String, _ read: () throws(SheafError) -> Value
    ) throws(SheafError) -> Value {
        do throws(SheafError) {
            return try read()
        } catch  where error.code == .notFound {
            let code: SheafError.Code =
                error.details["object"] == nil ? .storeCorrupt : .provenanceInvalid
            throw SheafError(
                code, "\(place()) leads to something that cannot be used: \(error.message)",
                details: error.details, hint: "'git fsck' lists what is missing or damaged")
        }
    }

    /// Reads a revision of a bundle.
    ///
    /// Throws `provenance_invalid` for its trailers, `workspace_mismatch` when it is of another
    /// bundle, `history_rewritten` when it has more than one parent.
    func revision(
        _ repository: borrowing Repository, _ id: CommitID, of bundle: BundleID
    ) throws(SheafError) -> Revision {
        let parts = try parts(repository, id)
        let provenance = try RevisionProvenance(
            message: parts.message, subject: "commit \(id.short)")
        try Self.require(bundle, provenance, id)
        guard parts.parents.count == (provenance.revision == 1 ? 0 : 1) else {
            throw SheafError(
                .historyRewritten,
                "revision \(provenance.revision) of '\(bundle)' has \(parts.parents.count) parents",
                hint: "a revision follows exactly one other; merges would renumber history")
        }
        return Revision(
            commit: id, provenance: provenance, parent: parts.parents.first,
            author: Person(parts.raw.author), publisher: Person(parts.raw.committer),
            createdAt: CommitTime(parts.raw.committer), message: parts.message,
            tree: parts.raw.tree.hex)
    }

    /// Reads a release of a channel of a bundle; errors as for a revision.
    func release(
        _ repository: borrowing Repository, _ id: CommitID, of bundle: BundleID,
        on channel: ChannelID?
    ) throws(SheafError) -> Release {
        let parts = try parts(repository, id)
        let provenance = try ReleaseProvenance(
            message: parts.message, subject: "commit \(id.short)")
        try Self.require(bundle, provenance.revision, id)
        if let channel, provenance.channel != channel {
            throw SheafError(
                .workspaceMismatch,
                "commit \(id.short) is a release of channel '\(provenance.channel)'",
                details: ["expected": channel.rawValue, "actual": provenance.channel.rawValue])
        }
        guard parts.parents.count == (provenance.sequence == 1 ? 0 : 1) else {
            throw SheafError(
                .historyRewritten,
                "release \(provenance.sequence) of '\(bundle)@\(provenance.channel)' has "
                    + "\(parts.parents.count) parents",
                hint: "a release follows exactly one other")
        }
        return Release(
            commit: id, provenance: provenance, parent: parts.parents.first,
            publisher: Person(parts.raw.author), createdAt: CommitTime(parts.raw.author),
            releaser: Person(parts.raw.committer), releasedAt: CommitTime(parts.raw.committer),
            message: parts.message, tree: parts.raw.tree.hex)
    }

    private static func require(
        _ bundle: BundleID, _ provenance: RevisionProvenance, _ id: CommitID
    ) throws(SheafError) {
        guard provenance.bundle == bundle else {
            throw SheafError(
                .workspaceMismatch, "commit \(id.short) is of bundle '\(provenance.bundle)'",
                details: ["expected": bundle.rawValue, "actual": provenance.bundle.rawValue])
        }
    }
}

extension Person {
    init(_ signature: Signature) {
        self.init(name: signature.name, email: signature.email)
    }
}

extension CommitTime {
    init(_ signature: Signature) {
        self.init(seconds: signature.seconds, offsetMinutes: signature.offsetMinutes)
    }
}
