public import BundleModel
internal import BundleRepository
public import RuntimeProtocol
internal import WorkerRuntime

extension EmbeddedRuntime {
    /// The channels that the host follows, in parts.
    public func channels(
        after cursor: String?, limit: Int?
    ) async throws(SheafError) -> ChannelPage {
        let limit = try PageCursor.limit(limit)
        let behind = try cursor.map { (text) throws(SheafError) in try PageCursor.names(text) }
        let sight = sight
        let part = try await runtime.status(
            workspace: sight.workspace, of: { sight.shows($0, $1) }, after: behind, limit: limit)
        return ChannelPage(
            channels: part.channels.map(ChannelDocument.init),
            next: part.hasMore ? part.channels.last.map(PageCursor.text) : nil)
    }

    /// Where contents are in service.
    public func bundle(_ digest: BundleDigest) async throws(SheafError) -> BundleDocument {
        let sight = sight
        let channels = try await runtime.status(serving: digest, workspace: sight.workspace) {
            sight.shows($0, $1)
        }
        guard !channels.isEmpty else {
            throw SheafError(
                .notFound, "no channel of this host has a release of \(digest.short) in service")
        }
        return BundleDocument(digest: digest, channels: channels.map(ChannelDocument.init))
    }

    /// Brings a channel up to date from a file.
    public func put(
        _ digest: BundleDigest, file path: String, workspace: WorkspaceID?
    ) async throws(SheafError) -> SyncReport {
        let sight = sight
        if let workspace, !sight.shows(workspace) { throw .notServed(workspace) }
        return SyncReport(
            try await runtime.importFile(
                path, workspace: workspace ?? sight.workspace, expecting: digest,
                deadline: .seconds(300)
            ) { bundle throws(SheafError) in
                if let workspace = sight.workspace { try sight.require(workspace, bundle) }
            })
    }

    /// Brings a channel up to date from its repository.
    public func sync(_ request: SyncRequest) async throws(SheafError) -> SyncReport {
        try sight.require(request.workspace, request.bundle)
        let (workspace, bundle, channel) = (request.workspace, request.bundle, request.channel)
        if let sync { return SyncReport(try await sync(workspace, bundle, channel)) }
        return SyncReport(try await runtime.sync(bundle, on: channel, workspace: workspace))
    }

    /// Whether contents under a commit can be used.
    public func availability(
        _ digest: BundleDigest, commit: CommitID
    ) async throws(SheafError) -> AvailabilityDocument {
        let sight = sight
        let found = try await runtime.availability(of: digest, under: commit) {
            sight.shows($0, $1)
        }
        let (status, reason): (AvailabilityStatus, String?) =
            switch found {
            case .available: (.available, nil)
            case .missing(let reason): (.missing, reason)
            case .digestMismatch(let reason): (.digestMismatch, reason)
            }
        return AvailabilityDocument(
            digest: digest, commit: commit, status: status, reason: reason)
    }

    /// What would become of workers of a pinned bundle.
    public func preflight(
        _ request: PreflightRequest
    ) async throws(SheafError) -> PreflightReport {
        let pin = request.bundle.reference
        try sight.require(pin.workspace, pin.bundle)
        return PreflightReport(try await runtime.preflight(pin, profile: request.profile))
    }
}
