public import BundleModel

/// One reference that a push would move, as Git hands it to a hook: `<old> <new> <name>`.
public struct RefUpdate: Hashable, Sendable {
    /// The full name of the reference, with what is not UTF-8 in it replaced.
    public let name: String
    /// Where the pusher saw it; nil for a new reference.
    public let old: CommitID?
    /// Where it would go; nil when it would be deleted.
    public let new: CommitID?

    /// Creates an update.
    public init(name: String, old: CommitID?, new: CommitID?) {
        self.name = name
        self.old = old
        self.new = new
    }

    /// Reads a line without its line break; nil when it is not one of Git's.
    public init?(line: some StringProtocol) {
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let old = CommitID(parts[0]), let new = CommitID(parts[1]),
            !parts[2].isEmpty
        else { return nil }
        // githooks(5): the null object name stands for a reference that is not there.
        self.init(
            name: String(parts[2]), old: Self.isNull(old) ? nil : old,
            new: Self.isNull(new) ? nil : new)
    }

    private static func isNull(_ id: CommitID) -> Bool { id.hex.utf8.allSatisfy { $0 == 0x30 } }
}
