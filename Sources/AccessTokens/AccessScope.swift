/// What the holder of a token may do.
public enum AccessScope: String, CaseIterable, Sendable, Hashable, Codable {
    /// Fetch revisions and releases, and ask what is there.
    case read
    /// Push revisions of a bundle.
    case publish
    /// Push releases of a bundle, on any of its channels.
    case release
}
