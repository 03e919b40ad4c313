package import BundleModel
internal import Foundation
internal import LibGit2

extension ReleaseMirror {
    /// Takes a channel out of service; what live workers use stays held.
    ///
    /// - Parameter commit: the release that must be on it, otherwise nothing is done; nil for
    ///   whatever release is.
    package func drop(
        _ channel: ChannelID, ifServing commit: CommitID? = nil
    ) throws(SheafError) {
        let name = BundleRefName.accepted(channel)
        try read("the accepted release") { (repository) throws(GitError) in
            guard let target = try repository.reference(name),
                commit == nil || commit?.hex == target.hex
            else { return }
            try repository.deleteReference(name, expecting: target)
        }
    }

    /// What a fetched commit says it is; nil when it is no release of the bundle. Nothing of it is
    /// checked.
    package func claims(
        of commit: CommitID
    ) -> (channel: ChannelID, sequence: Int, digest: BundleDigest)? {
        let release = try? read { (repository) throws(SheafError) in
            try reader.release(repository, commit, of: bundle, on: nil)
        }
        return release.map { ($0.channel, $0.sequence, $0.provenance.revision.digest) }
    }

    /// Removes a mirror that was made for a first transfer which failed.
    package static func remove(at path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// What killed transfers left in the mirror at a path, or what one under way has written so
    /// far: the bytes of each file.
    package static func unfinishedTransfers(
        at path: String
    ) throws(SheafError) -> [(name: String, bytes: Int)] {
        try mapping("a bundle of the store") { () throws(GitError) in
            try Repository.abandonedTransfers(at: path)
        }
    }
}
