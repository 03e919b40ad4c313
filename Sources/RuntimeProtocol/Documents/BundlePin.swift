public import BundleModel

/// Exactly which contents a worker is created from, and which release said so.
public struct BundlePin: Hashable, Sendable, Codable {
    /// The workspace that owns the bundle.
    public let workspace: WorkspaceID
    /// The bundle.
    public let bundle: BundleID
    /// The release's commit; never a revision's.
    public let commit: CommitID
    /// The digest of the contents.
    public let digest: BundleDigest

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case workspace, bundle, commit, digest
    }

    /// Creates the document out of its fields.
    public init(workspace: WorkspaceID, bundle: BundleID, commit: CommitID, digest: BundleDigest) {
        self.workspace = workspace
        self.bundle = bundle
        self.commit = commit
        self.digest = digest
    }

    /// The pin of a library.
    public init(_ pin: ConfigBundleRef) {
        self.init(
            workspace: pin.workspace, bundle: pin.bundle, commit: pin.commit, digest: pin.digest)
    }

    /// The same for a library.
    public var reference: ConfigBundleRef {
        ConfigBundleRef(workspace: workspace, bundle: bundle, commit: commit, digest: digest)
    }
}
