internal import AccessTokens
internal import BundleModel
internal import Foundation

/// A token as JSON and as text: everything but the secret.
struct TokenView: Encodable {
    let id: String
    let workspace: WorkspaceID
    let bundles: [BundleID]?
    let scopes: [AccessScope]
    let createdAt: String
    let expiresAt: String?
    let isExpired: Bool
    let note: String?

    init(_ token: AccessToken, now: Date) {
        id = token.id
        workspace = token.workspace
        bundles = token.bundles?.sorted()
        scopes = AccessScope.allCases.filter(token.scopes.contains)
        createdAt = token.createdAt.formatted(.iso8601)
        expiresAt = token.expiresAt?.formatted(.iso8601)
        isExpired = token.hasExpired(at: now)
        note = token.note
    }

    /// What it is for: `acme` or `acme/support-agents`.
    var subject: String {
        guard let bundles else { return workspace.rawValue }
        return bundles.map { "\(workspace)/\($0)" }.joined(separator: " ")
    }

    /// Until when it is good.
    var term: String {
        guard let expiresAt else { return "never expires" }
        return isExpired ? "expired \(expiresAt)" : "until \(expiresAt)"
    }
}
