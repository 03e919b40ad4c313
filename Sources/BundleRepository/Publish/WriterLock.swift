internal import BundleModel
internal import Foundation
internal import LibGit2

/// Publishers share a lock, so that what a killed one left behind is told from work in progress.
struct WriterLock {
    /// The Git directory of the repository, ending in `/`.
    let directory: String

    /// Git and libgit2 hold the lock file of a reference for as long as it takes to write and sync
    /// 41 bytes. One that is older was left behind when no publisher of ours is at work.
    private static let abandonedAfter: TimeInterval = 2

    private var path: String { directory + "sheaf.lock" }

    /// Takes a publisher's share; when no other publisher is at work, leftovers go first: packs
    /// that were not finished, and lock files of the references that are about to move.
    func shared(
        cleaning repository: borrowing Repository, references: [String]
    ) throws(SheafError) -> FileLock {
        do {
            try clean(repository, references)
            if let lock = try FileLock(path: path, mode: .shared, waiting: true) { return lock }
        } catch let error as FileSystemError {
            throw SheafError(error, "the repository's lock")
        } catch let error as GitError {
            throw SheafError(error, "what a killed publisher left")
        } catch {
            throw SheafError(.ioError, "the repository's lock cannot be taken")
        }
        throw SheafError(.storeBusy, "another process holds the repository's lock")
    }

    private func clean(_ repository: borrowing Repository, _ references: [String]) throws {
        guard let alone = try FileLock(path: path, mode: .exclusive) else { return }
        try repository.removeAbandonedTransfers()
        for name in references { removeAbandonedLock("\(directory)\(name).lock") }
        withExtendedLifetime(alone) {}
    }

    /// Waits until a lock file is gone or old enough to be nobody's.
    private func removeAbandonedLock(_ file: String) {
        while let age = Self.age(of: file) {
            if age >= Self.abandonedAfter {
                try? FileManager.default.removeItem(atPath: file)
                return
            }
            Thread.sleep(forTimeInterval: 0.02)
        }
    }

    /// Nil when there is no such file; a time to come counts as long ago.
    private static func age(of file: String) -> TimeInterval? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        guard let changed = attributes?[.modificationDate] as? Date else { return nil }
        let age = Date.now.timeIntervalSince(changed)
        return age < 0 ? .infinity : age
    }
}
