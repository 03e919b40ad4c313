internal import AccessTokens
internal import BundleModel

/// Who asks, as far as the server knows.
enum Caller: Sendable {
    /// Whoever has the socket of the store.
    case owner
    /// Anybody: the server has no tokens, and only this machine reaches it.
    case anybody
    /// Whoever has the token.
    case holder(AccessToken)

    /// What it may know of.
    var sight: Sight {
        switch self {
        case .owner, .anybody: .all
        case .holder(let token): .workspace(token.workspace, bundles: token.bundles)
        }
    }

    /// Throws `forbidden` unless it may do something with what it may know of.
    func require(_ scope: AccessScope) throws(SheafError) {
        guard case .holder(let token) = self, !token.scopes.contains(scope) else { return }
        throw SheafError(
            .forbidden, "the token does not have the scope '\(scope.rawValue)'",
            details: ["scope": scope.rawValue])
    }

    /// What a log may say of it.
    var label: String {
        switch self {
        case .owner: "owner"
        case .anybody: "anybody"
        case .holder(let token): token.id
        }
    }
}
