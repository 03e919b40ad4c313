public import BundleModel

/// Which profile of which bundle asks.
public struct GrantSubject: Hashable, Sendable, CustomStringConvertible {
    /// The workspace.
    public let workspace: WorkspaceID
    /// The bundle.
    public let bundle: BundleID
    /// The profile that was selected.
    public let profile: ProfileID

    /// Creates a subject.
    public init(workspace: WorkspaceID, bundle: BundleID, profile: ProfileID) {
        self.workspace = workspace
        self.bundle = bundle
        self.profile = profile
    }

    /// `workspace/bundle/profile`.
    public var description: String { "\(workspace)/\(bundle)/\(profile)" }
}
