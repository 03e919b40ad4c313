package import BundleModel
internal import LibGit2

extension ReleaseMirror {
    /// From which release on a bundle file carries a channel.
    package enum ExportBase: Hashable, Sendable {
        /// The release with this number.
        case sequence(Int)
        /// This release.
        case commit(CommitID)
    }

    /// What was written into a bundle file.
    package struct Exported: Sendable {
        /// The release at the tip.
        package let release: Release
        /// What whoever imports the file must have; nil for the whole channel.
        package let base: Release?
        /// Objects in the file.
        package let objects: Int
        /// Bytes of the file.
        package let bytes: Int
    }

    /// Writes a channel's releases into a Git bundle file of version 2, whole or not at all.
    ///
    /// The file has the channel's branch, as a repository has it, and `HEAD`, so that a clone of it
    /// shows the files. Throws `bundle_missing` when nothing is in service, `not_found` when the
    /// base is no release before that, `conflict` when there is such a file and it may not be
    /// replaced, `io_error`.
    package func export(
        _ channel: ChannelID, since base: ExportBase?, to path: String, replacing: Bool
    ) throws(SheafError) -> Exported {
        let lease = readerLease()
        defer { withExtendedLifetime(lease) {} }
        return try readingAgain { () throws(SheafError) in
            try write(channel, since: base, to: path, replacing: replacing)
        }
    }

    private func write(
        _ channel: ChannelID, since base: ExportBase?, to path: String, replacing: Bool
    ) throws(SheafError) -> Exported {
        guard let release = try accepted(channel) else {
            throw SheafError(
                .bundleMissing, "no release of '\(bundle)@\(channel)' was accepted on this host",
                hint: "sheaf runtime sync \(bundle)@\(channel)")
        }
        let repository = try opened()
        let older = try base.map { (base) throws(SheafError) in
            try find(base, before: release, repository)
        }
        let (objects, newest) = try Self.objects(release, older, repository, subject)
        let file = DisplayText.escape(path)
        do {
            var output = try DurableFile(at: path)
            try output.write(try header(release, older).encode())
            var written = try repository.writePack(of: objects, newest: newest, behind: output)
            guard try written.publish(replacing: replacing) else {
                throw SheafError(
                    .conflict, "there is a file '\(file)' already", hint: "replace it with --force")
            }
            return Exported(
                release: release, base: older, objects: objects.count, bytes: written.count)
        } catch let error as SheafError {
            throw error
        } catch let error as GitError {
            throw SheafError(error, error.code == .ioFailure ? "the file '\(file)'" : subject)
        } catch let error as FileSystemError {
            throw SheafError(error, "the file '\(file)'")
        } catch {
            throw SheafError(.ioError, "the file '\(file)' cannot be written")
        }
    }

    private static func objects(
        _ release: Release, _ older: Release?, _ repository: borrowing Repository,
        _ subject: String
    ) throws(SheafError) -> ([ObjectID], Int) {
        let tip = try release.commit.objectID()
        let base = try older.map { (older) throws(SheafError) in try older.commit.objectID() }
        return try mapping(subject) { () throws(GitError) in
            var reached = ReachedObjects()
            try reached.add([tip], areNewest: true, in: repository)
            guard let base else { return (reached.ids, reached.newest) }
            var there = ReachedObjects()
            try there.add([base], in: repository)
            return (reached.subtracting(there), 0)
        }
    }

    private func find(
        _ base: ExportBase, before release: Release, _ repository: borrowing Repository
    ) throws(SheafError) -> Release {
        var candidate = release
        while true {
            let isBase =
                switch base {
                case .sequence(let number): candidate.sequence == number
                case .commit(let commit): candidate.commit == commit
                }
            if isBase, candidate.commit == release.commit {
                throw SheafError(
                    .invalidRequest,
                    "release \(release.sequence) is the one in service: nothing came since",
                    hint: "name an earlier release, or leave '--since' out")
            }
            if isBase { return candidate }
            guard let parent = candidate.parent else { break }
            candidate = try reader.release(repository, parent, of: bundle, on: release.channel)
        }
        let name =
            switch base {
            case .sequence(let number): String(number)
            case .commit(let commit): commit.short
            }
        throw SheafError(
            .notFound,
            "'\(bundle)@\(release.channel)' has no release \(name) before release "
                + "\(release.sequence)",
            hint: "name one from 1 to \(release.sequence - 1)")
    }

    private func header(
        _ release: Release, _ older: Release?
    ) throws(SheafError) -> GitBundleHeader {
        let prerequisites = older.flatMap { older in
            GitBundleHeader.Prerequisite(
                commit: older.commit, comment: Array(older.message.subject.utf8))
        }
        let names = [BundleRefName.releases(bundle, release.channel), "HEAD"]
        let references = names.compactMap {
            GitBundleHeader.Reference(commit: release.commit, name: $0)
        }
        guard (older == nil) == (prerequisites == nil), references.count == names.count,
            let header = GitBundleHeader(
                prerequisites: prerequisites.map { [$0] } ?? [], references: references)
        else {
            throw SheafError(.limitExceeded, "the release cannot be named in a bundle file")
        }
        return header
    }
}
