internal import BundleModel
internal import LibGit2
internal import Synchronization

/// The handles on the mirror's repository: one for reads and one for transfers, so that a slow remote
/// never holds up a read, and one of its own for each collection.
///
/// A handle is opened when it is needed. It is closed behind a transfer, behind whatever reads a
/// release to the end, and when it was not used for a while. Until then, libgit2 keeps the files of the packs open, maps of them, and the
/// bases of deltas, up to 16 MB for each pack; a runtime has many mirrors, and most of them wait.
extension ReleaseMirror {
    /// A handle of the caller's own.
    func opened() throws(SheafError) -> Repository {
        try mapping(subject) { () throws(GitError) in try Repository.open(at: path) }
    }

    /// Runs a step with the handle for reads.
    func withReadHandle<Value: Sendable>(
        _ body: (borrowing Repository) throws(SheafError) -> Value
    ) throws(SheafError) -> Value {
        reads.add(1, ordering: .relaxed)
        return try with(reading, body)
    }

    /// Runs a step with the handle for transfers.
    func withTransferHandle<Value: Sendable>(
        _ body: (borrowing Repository) throws(SheafError) -> Value
    ) throws(SheafError) -> Value {
        try with(transferring, body)
    }

    private func with<Value: Sendable>(
        _ handle: borrowing Mutex<Repository?>,
        _ body: (borrowing Repository) throws(SheafError) -> Value
    ) throws(SheafError) -> Value {
        let result: Result<Value, SheafError> = handle.withLock { handle in
            do throws(SheafError) {
                if handle == nil { handle = try opened() }
                switch handle {
                case .some(let repository): return .success(try body(repository))
                case .none: return .failure(SheafError(.storeCorrupt, "\(subject) is not open"))
                }
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Makes what a transfer brought visible to reads.
    func refreshReads() {
        reading.withLock { handle in
            switch handle {
            case .some(let repository): repository.refreshObjects()
            case .none: break
            }
        }
    }

    /// Closes the handle for reads: whoever reads next opens it.
    func closeReads() { reading.withLock { $0 = nil } }

    /// Closes both handles. libgit2 shares an open pack among the handles of a process, and lets go
    /// of it with the last of them.
    package func closeHandles() {
        closeReads()
        transferring.withLock { $0 = nil }
    }

    /// Closes the handles unless there was a read since this was called last. Returns whether they
    /// are closed: one that is in use now is not, and is not waited for.
    package func closeUnlessRead() -> Bool {
        let count = reads.load(ordering: .relaxed)
        if readsSeen.exchange(count, ordering: .relaxed) != count { return false }
        let isOver = reading.withLockIfAvailable { $0 = nil } != nil
        return transferring.withLockIfAvailable { $0 = nil } != nil && isOver
    }
}
