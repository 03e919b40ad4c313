internal import BundleModel
internal import Foundation
internal import LibGit2

/// Publishers share a lock, so that what a killed one left behind is told from work in progress.
///
/// Git knows nothing of this lock: that no publisher is at work says nothing about a push. What is
/// removed is therefore only what a note in the lock file, or its name, shows to be ours.
struct WriterLock {
    /// The Git directory of the repository, ending in `/`.
    let directory: String

    /// Writing 41 bytes, or a pack, takes less than this; and it is long enough for a program of
    /// Git that has created a lock file to have written to it.
    private static let emptyLockIsOldAfter: TimeInterval = 10
    private static let packIsOldAfter: TimeInterval = 600
    /// How long a lock file of somebody else is waited for; Git holds one for milliseconds.
    private static let patience: TimeInterval = 0.5

    /// Whoever may write to the repository may publish; the umask decides, as for Git's own files.
    private static let permissions: UInt16 = 0o666

    private var path: String { directory + "sheaf.lock" }

    /// Takes a publisher's share; when no other publisher is at work, leftovers go first: packs
    /// that were not finished, and lock files of references that a killed publisher held.
    ///
    /// Throws `conflict` when a reference that is about to move is locked by another program.
    func shared(
        cleaning repository: borrowing Repository, references: [String]
    ) throws(SheafError) -> FileLock {
        do {
            try clean(repository)
            let lock = try FileLock(
                path: path, mode: .shared, waiting: true, permissions: Self.permissions)
            if let lock {
                for name in references where name != "HEAD" { try waitUntilFree(name) }
                return lock
            }
        } catch let error as SheafError {
            throw error
        } catch let error as FileSystemError {
            throw SheafError(error, "the repository's lock")
        } catch let error as GitError {
            throw SheafError(error, "what a killed publisher left")
        } catch {
            throw SheafError(.ioError, "the repository's lock cannot be taken")
        }
        throw SheafError(.storeBusy, "another process holds the repository's lock")
    }

    /// Notes that a reference is about to move, for whoever comes after this process was killed.
    ///
    /// The next publisher that is alone clears the notes. Throws `io_error`.
    func note(_ reference: String, to target: ObjectID) throws(SheafError) {
        do throws(FileSystemError) {
            try FileContents.append(Array("\(target.hex) \(reference)\n".utf8), to: path)
        } catch {
            throw SheafError(error, "the repository's lock")
        }
    }

    private func clean(_ repository: borrowing Repository) throws {
        let lock = try FileLock(path: path, mode: .exclusive, permissions: Self.permissions)
        guard let alone = lock else { return }
        try repository.removeAbandonedPacks(olderThan: Self.packIsOldAfter)
        for (reference, target) in notes() {
            // Where the reference has moved, the publisher's lock file became the reference.
            if try repository.reference(reference) == target { continue }
            removeLock(of: reference, movingTo: target)
        }
        alone.note("")
    }

    private func notes() -> [(reference: String, target: ObjectID)] {
        guard let bytes = try? FileContents.read(path: path, maximumBytes: 1 << 20) else {
            return []
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let target = ObjectID(hex: String(parts[0])),
                parts[1].hasPrefix("refs/"), Repository.isValidName(String(parts[1]))
            else { return nil }
            return (String(parts[1]), target)
        }
    }

    /// Removes the lock file of a reference when it is the killed publisher's: it holds what that
    /// one was about to write, or nothing yet for longer than any program takes to write it.
    private func removeLock(of reference: String, movingTo target: ObjectID) {
        let file = lockFile(of: reference)
        guard let text = try? FileContents.read(path: file, maximumBytes: 64) else { return }
        let isOurs =
            text.isEmpty
            ? Self.age(of: file).map { $0 > Self.emptyLockIsOldAfter } ?? false
            : text == Array("\(target.hex)\n".utf8)
        if isOurs { try? FileManager.default.removeItem(atPath: file) }
    }

    /// Waits a moment for the lock file of another program to go.
    private func waitUntilFree(_ reference: String) throws(SheafError) {
        let end = Date.now.addingTimeInterval(Self.patience)
        while FileManager.default.fileExists(atPath: lockFile(of: reference)) {
            guard Date.now < end else {
                throw SheafError(
                    .conflict, "another program is moving '\(reference)'",
                    details: ["lock": "\(reference).lock"],
                    hint: "try again; when no program is at work in the repository, remove "
                        + "'\(reference).lock' there")
            }
            Thread.sleep(forTimeInterval: 0.02)
        }
    }

    private func lockFile(of reference: String) -> String { "\(directory)\(reference).lock" }

    /// Nil when there is no such file; negative for a time to come.
    private static func age(of file: String) -> TimeInterval? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        let changed = attributes?[.modificationDate] as? Date
        return changed.map { Date.now.timeIntervalSince($0) }
    }
}
