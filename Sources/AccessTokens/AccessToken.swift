public import BundleModel
public import Foundation

/// A token as the server keeps it: what it allows, and the hash by which it is known.
public struct AccessToken: Hashable, Sendable, Codable {
    /// A short name by which it is listed and revoked: the start of its hash.
    public let id: String
    /// The hash of the secret.
    public let sha256: TokenHash
    /// The workspace that it is for.
    public let workspace: WorkspaceID
    /// The bundles that it is for; nil for all of the workspace, also those to come.
    public let bundles: Set<BundleID>?
    /// What it allows.
    public let scopes: Set<AccessScope>
    /// When it was made.
    public let createdAt: Date
    /// From when on it is refused; nil for never.
    public let expiresAt: Date?
    /// Who or what has it, in the words of whoever made it.
    public let note: String?

    /// Describes a token.
    public init(
        _ secret: TokenSecret, workspace: WorkspaceID, bundles: Set<BundleID>?,
        scopes: Set<AccessScope>, createdAt: Date, expiresAt: Date?, note: String?
    ) {
        sha256 = secret.hash
        id = String(sha256.hex.prefix(12))
        self.workspace = workspace
        self.bundles = bundles
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.note = note
    }

    /// Whether it is past its time.
    public func hasExpired(at time: Date) -> Bool {
        expiresAt.map { $0 <= time } ?? false
    }
}
