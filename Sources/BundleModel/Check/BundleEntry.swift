/// A file of a bundle by its path and size.
public struct BundleEntry: Hashable, Sendable {
    /// The path.
    public let path: BundlePath
    /// The size in bytes.
    public let size: Int

    /// Creates an entry.
    public init(path: BundlePath, size: Int) {
        self.path = path
        self.size = size
    }
}
