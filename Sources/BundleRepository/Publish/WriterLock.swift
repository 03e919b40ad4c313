internal import BundleModel
internal import LibGit2

/// Publishers share a lock, so that what a killed one left behind is told from work in progress.
struct WriterLock {
    let repositoryPath: String

    private var path: String { "\(repositoryPath)/sheaf.lock" }

    /// Takes a publisher's share; when no other publisher is at work, leftovers go first.
    func shared(cleaning repository: borrowing Repository) throws(SheafError) -> FileLock {
        do {
            try clean(repository)
            if let lock = try FileLock(path: path, mode: .shared, waiting: true) { return lock }
        } catch let error as FileSystemError {
            throw SheafError(error, "the repository's lock")
        } catch {
            throw SheafError(.ioError, "the repository's lock cannot be taken")
        }
        throw SheafError(.storeBusy, "another process holds the repository's lock")
    }

    private func clean(_ repository: borrowing Repository) throws {
        guard let alone = try FileLock(path: path, mode: .exclusive) else { return }
        try repository.removeAbandonedTransfers()
        withExtendedLifetime(alone) {}
    }
}
