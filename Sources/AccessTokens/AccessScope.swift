/// What the holder of a token may do.
public enum AccessScope: String, CaseIterable, Sendable, Hashable, Codable {
    /// Fetch revisions and releases; ask a server or a runtime what is there.
    case read
    /// Push revisions of a bundle.
    case publish
    /// Push releases of a bundle, on any of its channels.
    case release
    /// Have a runtime bring a channel up to date, from its repository or from a file.
    case sync
    /// See, create and stop the workers of a runtime.
    case workers
}
