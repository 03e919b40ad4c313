internal import BundleModel
internal import LibGit2
internal import Synchronization

/// The handles on the mirror's repository: one for reads, one for transfers, so that a slow remote
/// never holds up a read, and one for each collection.
extension ReleaseMirror {
    /// A handle of the caller's own.
    func opened() throws(SheafError) -> Repository {
        try mapping(subject) { () throws(GitError) in try Repository.open(at: path) }
    }

    /// Runs a step with the handle of transfers, which is opened for the first of them: most mirrors
    /// of a runtime wait.
    func withTransferHandle<Value: Sendable>(
        _ body: (borrowing Repository) throws(SheafError) -> Value
    ) throws(SheafError) -> Value {
        let result: Result<Value, SheafError> = transferring.withLock { handle in
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

    /// Lets go of the files of packs that are no more, and of what was remembered of releases that
    /// may be gone.
    func reopen(keeping state: MirrorState? = nil) throws(SheafError) {
        let failure: SheafError? = reading.withLock { repository in
            do throws(SheafError) {
                repository = try opened()
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
        transferring.withLock { $0 = nil }
        guard let state else { return }
        snapshots.withLock { snapshots in
            snapshots = snapshots.filter { state.reaches($0.key) }
        }
    }

    /// What a transfer of fewer objects makes libgit2 keep is not worth a handle that is opened anew.
    private static let manyObjects = 32

    /// Lets go of what libgit2 keeps of a pack that came and was read to the end: bases of deltas, up
    /// to 16 MB, and maps of its files. Of small packs there are never many, see ``GrowthLimits``.
    package func letGo(of transfer: Transfer) {
        guard transfer.objects >= Self.manyObjects else { return }
        // A handle that cannot be opened again serves on.
        try? reopen()
    }
}
