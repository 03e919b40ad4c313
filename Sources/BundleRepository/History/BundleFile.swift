public import BundleModel

/// A file of a revision.
public struct BundleFile: Hashable, Sendable, Codable {
    /// The path inside the bundle.
    public let path: BundlePath
    /// The size in bytes.
    public let size: Int
}
