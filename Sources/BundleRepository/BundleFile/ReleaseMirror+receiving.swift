package import BundleModel
internal import LibGit2
internal import Synchronization

extension ReleaseMirror {
    /// What a bundle file brought.
    package struct Received: Sendable {
        /// The same as after a fetch.
        package let transfer: Transfer
        /// What came into the mirror, to be taken back when the release is refused.
        let packs: [StoredPack]
    }

    /// Takes the pack of a bundle file, as ``fetch(_:from:limits:isCancelled:)`` takes that of a
    /// repository. Nothing in service changes.
    ///
    /// For the owner of the store, while no transfer into this mirror is under way. Throws
    /// `bundle_missing` with what is needed when a prerequisite is not here, `malformed_bundle` when
    /// the pack is damaged or lacks the release, `limit_exceeded`, `deadline_exceeded`,
    /// `cancelled`, `io_error`; then nothing is kept.
    package func receive(
        _ path: String, expecting file: ReleaseFile, limits: TransferLimits,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws(SheafError) -> Received {
        try require(file.prerequisites)
        var reader = try ReleaseFile.open(path)
        guard reader.size <= limits.maximumBytes else {
            throw SheafError(
                .limitExceeded, "the file is over \(limits.maximumBytes) bytes",
                details: ["bytes": String(reader.size)])
        }
        let (again, rest) = try ReleaseFile.begin(&reader, path)
        guard again == file else {
            throw SheafError(.conflict, "the file was changed while it was read")
        }
        let size = reader.size
        let before = try stored()
        let objects = try take(&reader, rest, limits, isCancelled)
        let received = Received(
            transfer: Transfer(commit: file.commit, objects: objects, bytes: size),
            packs: try stored().filter { !before.contains($0) })
        do throws(SheafError) {
            try arrive(file)
        } catch {
            discard(received)
            throw error
        }
        refreshReads()
        return received
    }

    /// Takes back what a bundle file brought whose release was refused.
    package func discard(_ received: Received) {
        // What cannot be removed goes with the next collection.
        try? withTransferHandle { (repository) throws(SheafError) in
            try mapping(subject) { () throws(GitError) in
                try repository.removePacks(received.packs)
            }
        }
    }

    private func stored() throws(SheafError) -> [StoredPack] {
        try mapping(subject) { () throws(GitError) in try Repository.storedPacks(at: path) }
    }

    /// Throws `bundle_missing` unless each of these releases is held here, with all that it reaches.
    private func require(_ prerequisites: [CommitID]) throws(SheafError) {
        for commit in prerequisites {
            let id = try commit.objectID()
            let isHeld = try read(subject) { (repository) throws(GitError) in
                guard repository.contains(id) else { return false }
                for prefix in [BundleRefName.acceptedPrefix, BundleRefName.pinPrefix] {
                    for reference in try repository.references(withPrefix: prefix)
                    where try repository.isDescendant(reference.target, of: id) {
                        return true
                    }
                }
                return false
            }
            if isHeld { continue }
            throw Self.lacking(commit, of: bundle)
        }
    }

    /// That a file builds on a release which is not here, with what is needed.
    package static func lacking(_ commit: CommitID, of bundle: BundleID) -> SheafError {
        SheafError(
            .bundleMissing,
            "the file builds on release \(commit.short) of '\(bundle)', which is not on this host",
            details: ["needed": commit.hex],
            hint: "import a file that was exported from that release or an earlier one on, or the "
                + "whole channel: 'sheaf runtime export' without '--since'")
    }

    private func take(
        _ reader: inout FileReader, _ rest: ArraySlice<UInt8>, _ limits: TransferLimits,
        _ isCancelled: @escaping @Sendable () -> Bool
    ) throws(SheafError) -> Int {
        var first = Array(rest)
        // A handle of its own: the closure cannot lend the reader into the mutex.
        let repository = try opened()
        do throws(TransportError) {
            return try repository.receivePack(
                deadline: limits.deadline, isCancelled: isCancelled
            ) { () throws(FileSystemError) in
                if first.isEmpty { return try reader.read(atMost: 256 << 10) }
                defer { first = [] }
                return first
            }
        } catch {
            throw Self.fileError(error)
        }
    }

    private static func fileError(_ error: TransportError) -> SheafError {
        switch error {
        case .cancelled: SheafError(.cancelled, "the import was cancelled")
        case .deadlineExceeded:
            SheafError(.deadlineExceeded, "the import took all the time allowed")
        case .git(let error) where error.code == .ioFailure:
            SheafError(error, "the import")
        default:
            SheafError(
                .malformedBundle, "the pack of the file is damaged or cut short",
                details: ["rule": "bundle-file-pack"], hint: "copy the file again")
        }
    }

    /// Puts what came where a fetch puts it.
    private func arrive(_ file: ReleaseFile) throws(SheafError) {
        let target = try file.commit.objectID()
        let name = BundleRefName.incoming(file.channel)
        let isHere = try withTransferHandle { (repository) throws(SheafError) in
            try mapping(subject) { () throws(GitError) in
                repository.refreshObjects()
                guard repository.contains(target) else { return false }
                let current = try repository.reference(name)
                if current != target {
                    try repository.compareAndSwapReference(
                        name, to: target, expecting: current, logMessage: nil)
                }
                return true
            }
        }
        guard isHere else {
            throw SheafError(
                .malformedBundle, "the pack of the file lacks the release that its header names",
                details: ["rule": "bundle-file-tip", "release": file.commit.hex])
        }
    }
}
