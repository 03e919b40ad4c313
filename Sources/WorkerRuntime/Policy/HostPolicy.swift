public import BundleModel

/// What the owner of a host allows: the last word on every grant.
///
/// Everything that is not named is denied. Synced content can neither read nor change it.
public struct HostPolicy: Hashable, Sendable {
    /// Whether builtin profiles may be used without a bundle.
    public let allowsBuiltin: Bool
    /// The workspaces that this host serves.
    public let workspaces: [WorkspaceID: WorkspaceRule]
    /// What references stand for.
    public let grants: [DeclarationReference: GrantRule]
    /// The plugins that this host has.
    public let plugins: [PluginName: PluginRule]
    /// The commands of engines.
    public let engines: [EngineID: [String]]
    /// The SHA-256 of the file.
    public let digest: SHA256Value

    /// The rule of a workspace; throws `host_policy_denied` when this host does not serve it.
    public func rule(for workspace: WorkspaceID) throws(SheafError) -> WorkspaceRule {
        guard let rule = workspaces[workspace] else {
            throw .notServed(workspace)
        }
        return rule
    }

    /// The one workspace that serves a bundle, where the caller did not name one.
    ///
    /// Throws `host_policy_denied` when none does, `invalid_request` when several do.
    public func workspace(serving bundle: BundleID) throws(SheafError) -> WorkspaceID {
        let serving = workspaces.values.filter { $0.serves(bundle) }.map(\.workspace).sorted()
        guard let first = serving.first else {
            throw SheafError(
                .hostPolicyDenied, "no workspace of this host serves bundle '\(bundle)'",
                hint: "its owner can add it to 'bundles' of a workspace in the host policy")
        }
        guard serving.count == 1 else {
            throw SheafError(
                .invalidRequest,
                "several workspaces of this host serve '\(bundle)': "
                    + serving.map(\.rawValue).joined(separator: ", "),
                hint: "say which with --workspace")
        }
        return first
    }
}
