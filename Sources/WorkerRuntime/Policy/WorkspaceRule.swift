public import BundleModel

/// How this host serves one workspace.
public struct WorkspaceRule: Hashable, Sendable {
    /// Which bundles may be synced.
    public enum Bundles: Hashable, Sendable {
        /// Every bundle of the workspace.
        case all
        /// Only these.
        case only(Set<BundleID>)
    }

    /// What happens when the last contact is too long ago.
    public enum WhenStale: String, CaseIterable, Hashable, Sendable {
        /// Go on with what is here.
        case keep
        /// Refuse new workers.
        case refuseNewWorkers = "refuse_new_workers"
    }

    /// How old the last verified contact may be.
    public struct Freshness: Hashable, Sendable {
        /// The limit.
        public let limit: Duration
        /// What happens past it.
        public let whenStale: WhenStale
    }

    /// The workspace.
    public let workspace: WorkspaceID
    /// Its repository. Only this host sees it.
    public let repository: RepositoryLocation
    /// The credential for it, where it needs one; for scheme, host and port of it alone.
    public let credential: WorkspaceCredential?
    /// How the repository is reached.
    public let connection: WorkspaceConnection
    /// Which bundles may be synced.
    public let bundles: Bundles
    /// Whether every worker must come from a bundle.
    public let bundleRequired: Bool
    /// How old the last contact may be; nil for any age.
    public let freshness: Freshness?

    /// Whether a bundle may be synced.
    public func serves(_ bundle: BundleID) -> Bool {
        switch bundles {
        case .all: true
        case .only(let names): names.contains(bundle)
        }
    }

    /// Throws `host_policy_denied` when a bundle may not be on this host.
    func requireServed(_ bundle: BundleID) throws(SheafError) {
        if serves(bundle) { return }
        throw .notServed(bundle, of: workspace)
    }
}
