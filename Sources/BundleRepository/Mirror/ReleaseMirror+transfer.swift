package import BundleModel
internal import LibGit2
internal import Synchronization

extension ReleaseMirror {
    /// How long a transfer may take and how much it may bring.
    package struct TransferLimits: Sendable {
        /// The whole transfer.
        package var deadline: Duration
        /// Bytes received.
        package var maximumBytes: Int

        /// Creates limits; by default five minutes and twice the largest bundle.
        package init(deadline: Duration = .seconds(300), maximumBytes: Int = 512 << 20) {
            self.deadline = deadline
            self.maximumBytes = maximumBytes
        }
    }

    /// What a transfer brought.
    package struct Transfer: Sendable {
        /// The release at the tip of the channel; nothing about it is checked yet.
        package let commit: CommitID
        /// Objects received.
        package let objects: Int
        /// Bytes received.
        package let bytes: Int
    }

    /// Fetches a channel's releases. Nothing in service changes, and no reference is written: until
    /// the release is accepted, what came is held by whoever keeps collections away meanwhile, and
    /// what a killed sync leaves goes with the next collection.
    ///
    /// The observer is told of the objects and bytes received so far, at most ten times a second and
    /// at the end; the transfer waits for it.
    ///
    /// Throws `not_found` when the repository has no such channel, `remote_unavailable`,
    /// `remote_unauthorized`, `deadline_exceeded`, `cancelled`, `limit_exceeded`.
    package func fetch(
        _ channel: ChannelID, from remote: RemoteRepository, limits: TransferLimits,
        observer: (@Sendable (_ objects: Int, _ bytes: Int) -> Void)? = nil,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws(SheafError) -> Transfer {
        let source = BundleRefName.releases(bundle, channel)
        var request = FetchRequest(
            peer: remote.peer, refspecs: [source], offers: BundleRefName.acceptedPrefix,
            access: remote.access, deadline: limits.deadline,
            maximumBytes: limits.maximumBytes)
        request.observer = observer
        try remote.requireDiscretion()
        let transfer = try withTransferHandle { (repository) throws(SheafError) in
            do throws(TransportError) {
                let outcome = try repository.fetch(request, isCancelled: isCancelled)
                guard let tip = outcome.advertised[source], let commit = CommitID(tip.hex) else {
                    throw TransportError.reference(missing: source)
                }
                guard repository.contains(tip) else {
                    throw TransportError.git(
                        GitError(code: .corrupt, message: "\(tip) did not come"))
                }
                return Transfer(
                    commit: commit, objects: outcome.receivedObjects, bytes: outcome.receivedBytes)
            } catch {
                throw RemoteFailure.error(error, bundle, channel)
            }
        }
        refreshReads()
        return transfer
    }

    /// Removes what stopped transfers left; the caller owns the store, and no transfer into this
    /// mirror is under way.
    ///
    /// - Parameter channel: the channel whose fetched release goes; nil for every channel's. What
    ///   was fetched of another one may be waiting to be accepted.
    package func removeLeftovers(of channel: ChannelID? = nil) throws(SheafError) {
        let prefix = channel.map(BundleRefName.incoming) ?? BundleRefName.incomingPrefix
        try withTransferHandle { (repository) throws(SheafError) in
            do throws(GitError) {
                try repository.removeAbandonedTransfers()
                for reference in try repository.references(withPrefix: prefix)
                where channel == nil || reference.name == prefix {
                    try repository.deleteReference(reference.name, expecting: reference.target)
                }
            } catch {
                throw SheafError(error, "the store of '\(bundle)'")
            }
        }
    }
}
