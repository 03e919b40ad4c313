public import BundleModel

/// Who a grant of the host policy is for: a profile, a bundle's profiles, or a workspace's.
///
/// `acme/support-agents/coder`, `acme/support-agents/*` or `acme/*`. There is no form for every
/// workspace: nothing is host-wide.
public struct GrantScope: Hashable, Sendable, CustomStringConvertible {
    /// The workspace.
    public let workspace: WorkspaceID
    /// The bundle; nil for every bundle of the workspace.
    public let bundle: BundleID?
    /// The profile; nil for every profile of the bundle.
    public let profile: ProfileID?

    /// Reads a scope; nil when it is none of the three forms.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, let workspace = try? WorkspaceID(first) else { return nil }
        self.workspace = workspace
        switch parts.count {
        case 2 where parts[1] == "*":
            bundle = nil
            profile = nil
        case 3:
            guard let bundle = try? BundleID(parts[1]) else { return nil }
            self.bundle = bundle
            if parts[2] == "*" {
                profile = nil
            } else {
                guard let profile = try? ProfileID(parts[2]) else { return nil }
                self.profile = profile
            }
        default: return nil
        }
    }

    /// Whether a profile of a bundle is meant.
    public func covers(_ subject: GrantSubject) -> Bool {
        workspace == subject.workspace && (bundle == nil || bundle == subject.bundle)
            && (profile == nil || profile == subject.profile)
    }

    /// The scope as text.
    public var description: String {
        guard let bundle else { return "\(workspace)/*" }
        return "\(workspace)/\(bundle)/\(profile?.rawValue ?? "*")"
    }
}
