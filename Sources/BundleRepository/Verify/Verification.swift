public import BundleModel

/// What a verification recomputed and found in order.
public struct Verification: Sendable {
    /// The commit that was verified.
    public let commit: ResolvedCommit
    /// The digest, computed from raw objects.
    public let digest: BundleDigest
    /// The number of files.
    public let files: Int
    /// The bytes in all files together.
    public let bytes: Int
    /// What was checked, in the order in which it was.
    public let checks: [String]
}
