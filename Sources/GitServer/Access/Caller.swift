internal import AccessTokens
internal import BundleModel

/// Who asks, as far as the server knows.
enum Caller: Sendable {
    /// Anybody: the server has no tokens, and only this machine reaches it.
    case anybody
    /// Whoever has the token.
    case holder(AccessToken)

    /// What of a workspace it may know of; nil when the token is for another one.
    func visibility(in workspace: WorkspaceID) -> Visibility? {
        switch self {
        case .anybody: .all
        case .holder(let token) where token.workspace == workspace:
            token.bundles.map { .bundles($0) } ?? .all
        case .holder: nil
        }
    }

    /// Whether it may do something with what it may know of.
    func may(_ scope: AccessScope) -> Bool {
        switch self {
        case .anybody: true
        case .holder(let token): token.scopes.contains(scope)
        }
    }

    /// What a log may say of it.
    var label: String {
        switch self {
        case .anybody: "anybody"
        case .holder(let token): token.id
        }
    }
}
