package import BundleModel
internal import Foundation
internal import LibGit2

extension ReleaseMirror {
    /// Whether there is a mirror at this path.
    package static func exists(at path: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(path)/HEAD")
    }

    /// Looks whether a repository has a channel, before anything is made for it on this host.
    ///
    /// Throws `not_found` when it has none, `remote_unavailable`, `remote_unauthorized`,
    /// `deadline_exceeded`, `cancelled`, `limit_exceeded`.
    package static func look(
        for channel: ChannelID, of bundle: BundleID, at remote: RemoteRepository,
        limits: TransferLimits, isCancelled: @escaping @Sendable () -> Bool
    ) throws(SheafError) {
        let source = BundleRefName.releases(bundle, channel)
        let request = FetchRequest(
            peer: remote.peer, refspecs: [], access: remote.access, deadline: limits.deadline,
            maximumBytes: limits.maximumBytes)
        try remote.requireDiscretion()
        do throws(TransportError) {
            let advertised = try Repository.listRemote(request, isCancelled: isCancelled)
            if advertised[source] == nil { throw .reference(missing: source) }
        } catch {
            throw RemoteFailure.error(error, bundle, channel)
        }
    }
}
