package import BundleModel
internal import LibGit2
internal import Synchronization

extension ReleaseMirror {
    /// Collects the mirror: one pack of what is held takes the place of all others.
    ///
    /// For the owner of the store, while no transfer into this mirror is under way. What is held is
    /// what a reference reaches, and what somebody in this process has open. At whatever step the
    /// process ends, everything that is held is readable: the new pack is on disk, and read back,
    /// before anything goes. Readers in other processes find what they look for in the new pack;
    /// as long as one is reading, nothing that only an old pack has goes.
    ///
    /// Throws `store_corrupt` when something that is held is missing or damaged; then nothing is
    /// removed.
    ///
    /// - Parameters:
    ///   - isDry: whether only to look, which also works beside the owner.
    ///   - dropping: channels whose releases count as not held by them.
    ///   - reached: told each step; a test throws from it.
    package func collect(
        isDry: Bool = false, dropping: Set<ChannelID> = [],
        reached step: (CollectionStep) throws(SheafError) -> Void = { _ in }
    ) throws(SheafError) -> MirrorCollection {
        if isDry { return try look(dropping, step) }
        let repository = try opened()
        let (state, found) = try examine(repository, dropping)
        var result = found
        try step(.looked)
        try mapping(subject) { () throws(GitError) in try repository.removeAbandonedTransfers() }
        if state.isCollected { return result }
        try replace(state, repository, &result, step)
        let (packs, bytes) = try mapping(subject) { () throws(GitError) in
            try MirrorState.size(of: repository)
        }
        (result.packsAfter, result.bytesAfter) = (packs, bytes)
        closeHandles()
        snapshots.withLock { $0.keep(where: state.reaches) }
        return result
    }

    /// What a collection would do. The owner of the store may collect meanwhile: then the look
    /// begins anew.
    private func look(
        _ dropping: Set<ChannelID>, _ step: (CollectionStep) throws(SheafError) -> Void
    ) throws(SheafError) -> MirrorCollection {
        let lease = readerLease()
        defer { withExtendedLifetime(lease) {} }
        return try readingAgain { () throws(SheafError) in
            let result = try examine(try opened(), dropping).result
            try step(.looked)
            return result
        }
    }

    /// What the mirror has, and what of it a collection would keep.
    private func examine(
        _ repository: borrowing Repository, _ dropping: Set<ChannelID>
    ) throws(SheafError) -> (state: MirrorState, result: MirrorCollection) {
        let state = try MirrorState(
            repository, inUse: inUse.withLock { Array($0.keys) }, dropping: dropping,
            subject: subject)
        var result = state.collection
        result.lost = try lost(state.unreached, repository)
        return (state, result)
    }

    var subject: String { "the store of '\(workspace)/\(bundle)'" }

    private func replace(
        _ state: MirrorState, _ repository: borrowing Repository,
        _ result: inout MirrorCollection, _ step: (CollectionStep) throws(SheafError) -> Void
    ) throws(SheafError) {
        let objects = state.objects
        let new = try mapping(subject) { () throws(GitError) in
            objects.isEmpty
                ? nil
                : try repository.writePack(
                    of: objects, newest: state.newest, from: state.packs)
        }
        try step(.written)
        var old = state.packs.filter { $0 != new }
        var loose = state.loose
        // Only what is lost can be missed: everything else is in the new pack.
        let lock = try readersGone()
        if lock == nil {
            let needed = Set(state.unreached.packs)
            old.removeAll { needed.contains($0) }
            loose.removeAll { !state.reached.contains($0) }
            result.waitsForReaders = result.lostObjects > 0
        }
        for pack in old {
            try mapping(subject) { () throws(GitError) in try repository.removePacks([pack]) }
            if pack == old.first { try step(.removedOne) }
        }
        try step(.removedPacks)
        try mapping(subject) { () throws(GitError) in try repository.removeLooseObjects(loose) }
        try step(.removedLoose)
    }

    /// The lock of the readers for this process alone; nil while there are any.
    private func readersGone() throws(SheafError) -> FileLock? {
        do throws(FileSystemError) {
            return try FileLock(path: readersLock, mode: .exclusive)
        } catch {
            throw SheafError(error, "the lock of the store's readers")
        }
    }

    /// The commits among lost objects that no other one has as its parent, the newest first.
    private func lost(
        _ unreached: Repository.Unreached, _ repository: borrowing Repository
    ) throws(SheafError) -> [LostRelease] {
        var found: [LostRelease] = []
        var parents: Set<CommitID> = []
        for object in unreached.objects {
            guard let header = try? repository.objectHeader(object.id), header.kind == .commit,
                let commit = try? repository.commit(object.id)
            else { continue }
            for parent in commit.parents { parents.insert(try CommitID(parent)) }
            let id = try CommitID(object.id)
            let release = try? reader.release(repository, id, of: bundle, on: nil)
            found.append(
                LostRelease(commit: id, channel: release?.channel, sequence: release?.sequence))
        }
        return found.filter { !parents.contains($0.commit) }.sorted {
            ($0.channel?.rawValue ?? "", $1.sequence ?? 0, $0.commit)
                < ($1.channel?.rawValue ?? "", $0.sequence ?? 0, $1.commit)
        }
    }
}
