/// One pack of a repository, by its files.
package struct StoredPack: Sendable, Hashable {
    /// The name of its files without what stands behind the dot: `pack-<40 hex digits>`.
    package let name: String
    /// The bytes of the pack and its index.
    package let bytes: Int
    /// The bytes of the pack alone.
    let packBytes: Int
    /// Whether somebody put a `.keep` beside it, for which Git never removes a pack either.
    package let isKept: Bool

    /// Every file that Git may have put beside a pack, the pack first: what is looked up in an
    /// index whose pack has gone is looked for elsewhere.
    static let suffixes = [
        ".pack", ".idx", ".rev", ".bitmap", ".mtimes", ".promisor",
    ]
}
