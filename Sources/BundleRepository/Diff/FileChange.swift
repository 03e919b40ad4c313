public import BundleModel

/// How one file differs between two states of a bundle.
public struct FileChange: Hashable, Sendable, Codable {
    /// What happened to the file.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// It is only in the second state.
        case added
        /// It is only in the first state.
        case removed
        /// It is in both with other contents.
        case modified
    }

    /// The path inside the bundle.
    public let path: BundlePath
    /// What happened.
    public let kind: Kind
    /// Whether a side is binary, so that there are no lines to show.
    public let isBinary: Bool
    /// Lines that were added.
    public let additions: Int
    /// Lines that were removed.
    public let deletions: Int
    /// The change as unified text with Git's header, ending in a line break.
    public let text: String
}
