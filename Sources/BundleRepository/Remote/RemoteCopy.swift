internal import BundleModel
internal import Foundation
internal import LibGit2

/// The place of the copy of one repository at another host, below a directory of copies.
///
/// A copy holds nothing that the other side has not, and may be removed at any time. It is brought
/// up to date by whoever opens it, and belongs to them until they are done.
struct RemoteCopy {
    private let folder: String
    private let path: String
    private let git: RemoteGit

    /// The copy of the repository at this location; what it is called says nothing about that.
    init(
        of location: RepositoryLocation, below folder: String, timeout: Duration,
        maximumBytes: Int
    ) {
        self.folder = folder
        let name = SHA256Value(hashing: Array(location.text.utf8)).hex
        path = "\(folder)/\(name).git"
        git = RemoteGit(
            location: location, directory: path, timeout: timeout, maximumBytes: maximumBytes)
    }

    /// Waits for whoever works with the copy, makes it where there is none, and brings the bundles
    /// that are selected up to date.
    ///
    /// Throws `store_busy` when it is in use for too long, `io_error` when it cannot be made or
    /// opened, and what the transfer throws.
    func open(
        _ selection: RemoteSelection, _ limits: ContentLimits
    ) async throws(SheafError) -> BundleRepository {
        try makeFolder()
        let lock = try await lock()
        // An address at which there is nothing leaves no copy.
        let advertised = selection.isEmpty ? nil : try await git.branches()
        try make()
        if let advertised { try await refresh(selection, to: advertised) }
        let upstream = Upstream(git, holding: lock)
        let repository = try mapping("the copy of the repository") { () throws(GitError) in
            try Repository.open(at: path)
        }
        return BundleRepository(
            repository, path: path, limits: limits, git: GitProgram(), upstream: upstream)
    }

    // MARK: Steps

    private func makeFolder() throws(SheafError) {
        let manager = FileManager.default
        do {
            try manager.createDirectory(
                atPath: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            // What was made before with other rights is closed: bundles are their workspace's own.
            try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
        } catch {
            throw SheafError(
                .ioError, "the directory for copies of repositories cannot be made",
                hint: "it is sheaf/remotes in $XDG_CACHE_HOME (~/.cache)")
        }
    }

    private func lock() async throws(SheafError) -> HostLock {
        let end = ContinuousClock.now + git.timeout
        while true {
            if let lock = try HostLock(path: "\(path).lock") { return lock }
            guard ContinuousClock.now < end else {
                throw SheafError(
                    .storeBusy, "another 'sheaf' works with the same repository",
                    hint: "try again when it is done")
            }
            do {
                try await Task.sleep(for: .milliseconds(20))
            } catch {
                throw SheafError(.cancelled, "cancelled while another 'sheaf' was at work")
            }
        }
    }

    /// Whether the copy is there and whole; false when it is not there or is damaged, so that it has
    /// to be made anew.
    ///
    /// Throws `io_error` and others when that cannot be told: files that are not to be had right now
    /// are no damage.
    private func isUsable() throws(SheafError) -> Bool {
        let subject = "the copy of the repository"
        do throws(FileSystemError) {
            for part in ["", "/HEAD", "/config", "/objects", "/refs"] {
                guard try FileContents.exists(path: path + part) else { return false }
            }
        } catch {
            throw SheafError(error, subject)
        }
        do throws(GitError) {
            // What `git` calls a repository has a HEAD that names a branch.
            return try Repository.open(at: path).headTarget() != nil
        } catch {
            switch error.code {
            case .notFound, .corrupt, .invalidSpec, .ambiguous, .other: return false
            case .ioFailure, .locked, .deadline, .userCancelled, .exists, .modified,
                .nonFastForward:
                throw SheafError(error, subject)
            }
        }
    }

    /// Makes the copy where there is none or a damaged one; beside its place first, so that it is
    /// complete when it is there.
    private func make() throws(SheafError) {
        if try isUsable() { return }
        let unfinished = "\(path).new"
        let manager = FileManager.default
        for leftover in [path, unfinished] where manager.fileExists(atPath: leftover) {
            try? manager.removeItem(atPath: leftover)
        }
        _ = try BundleRepository.create(at: unfinished, workspace: nil)
        do {
            try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: unfinished)
            try manager.moveItem(atPath: unfinished, toPath: path)
        } catch {
            throw SheafError(.ioError, "the copy of the repository cannot be made")
        }
    }

    /// Makes the branches that are selected those of the other side, and removes every other one
    /// that is not: what an earlier use left may be old, or have been refused.
    private func refresh(
        _ selection: RemoteSelection, to advertised: [String: ObjectID]
    ) async throws(SheafError) {
        let wanted = selection.names(among: advertised.keys)
        let lacking = try drop(where: { advertised[$0] != $1 }, except: wanted)
        let missing = wanted.filter { lacking[$0] != advertised[$0] }
        if missing.isEmpty { return }
        // What was left by a transfer that was killed, and by this one if it fails.
        try removeLeftovers()
        do throws(SheafError) {
            try await git.fetch(missing)
        } catch {
            try? removeLeftovers()
            throw error
        }
    }

    /// Nobody but the holder of the copy writes to it.
    private func removeLeftovers() throws(SheafError) {
        try mapping("the copy of the repository") { () throws(GitError) in
            try Repository.open(at: path).removeAbandonedTransfers()
        }
    }

    /// Removes branches, but for some; gives what is left, by name.
    private func drop(
        where isOld: (String, ObjectID) -> Bool, except wanted: Set<String>
    ) throws(SheafError) -> [String: ObjectID] {
        try mapping("the copy of the repository") { () throws(GitError) in
            let repository = try Repository.open(at: path)
            var left: [String: ObjectID] = [:]
            for (name, target) in try repository.references(withPrefix: "refs/heads/") {
                if isOld(name, target), !wanted.contains(name) {
                    try repository.deleteReference(name, expecting: target)
                } else {
                    left[name] = target
                }
            }
            return left
        }
    }
}
