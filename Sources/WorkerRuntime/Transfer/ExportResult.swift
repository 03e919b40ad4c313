public import BundleRepository

/// What was written into a Git bundle file.
public struct ExportResult: Sendable {
    /// The release at the tip.
    public let release: Release
    /// What whoever imports the file must have; nil for the whole channel.
    public let base: Release?
    /// Objects in the file.
    public let objects: Int
    /// Bytes of the file.
    public let bytes: Int
}
