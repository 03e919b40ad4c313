package import BundleModel
internal import Foundation

extension ReleaseMirror {
    /// The workspace that a channel's newest release says it is of, for a host that does not know it
    /// yet. Nothing is checked, and nothing is kept.
    ///
    /// Throws `not_found` when the repository has no such channel, `provenance_invalid` when what is
    /// there is no release, `remote_unavailable`, `remote_unauthorized`, `deadline_exceeded`,
    /// `cancelled`, `limit_exceeded`, `io_error`.
    package static func workspace(
        of bundle: BundleID, on channel: ChannelID, at remote: RemoteRepository,
        limits: TransferLimits, isCancelled: @escaping @Sendable () -> Bool
    ) throws(SheafError) -> WorkspaceID {
        try look(for: channel, of: bundle, at: remote, limits: limits, isCancelled: isCancelled)
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "sheaf-\(UUID().uuidString)", directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw SheafError(.ioError, "a temporary directory cannot be made")
        }
        let unknown = try unknownWorkspace()
        let mirror = try ReleaseMirror(
            at: folder.appending(path: "mirror.git").path(percentEncoded: false),
            workspace: unknown, bundle: bundle, creating: true)
        let transfer = try mirror.fetch(
            channel, from: remote, limits: limits, isCancelled: isCancelled)
        let release = try mirror.read { (repository) throws(SheafError) in
            try mirror.reader.release(repository, transfer.commit, of: bundle, on: channel)
        }
        return release.provenance.revision.workspace
    }

    /// A mirror is of some workspace; of this one nothing is ever asked.
    private static func unknownWorkspace() throws(SheafError) -> WorkspaceID {
        do {
            return try WorkspaceID("unknown")
        } catch {
            throw error.asError()
        }
    }
}
