/// What Git takes away from a message after its commit-msg hook.
///
/// Source: git-commit(1), `--cleanup`.
public struct MessageCleanup: Hashable, Sendable {
    /// Which lines are comments.
    public enum Comments: Hashable, Sendable {
        /// Every line stays.
        case kept
        /// Lines that begin with this are taken away (`core.commentChar`, `core.commentString`).
        case removed(beginningWith: String)
        /// As ``removed(beginningWith:)`` with a character that Git chose itself
        /// (`core.commentChar` is `auto`): the one before its own last line.
        case removedByChoice
    }

    /// Which lines are comments.
    public var comments: Comments
    /// Whether all below Git's scissors is taken away.
    public var cutsAtScissors: Bool

    private static let scissors = Array(
        " ------------------------ >8 ------------------------".utf8)
    private static let longestPrefix = 8
    /// Those that Git chooses from.
    private static let choice = Set("#;@!$%^&|:".utf8)

    /// Names what is taken away.
    public init(comments: Comments, cutsAtScissors: Bool) {
        self.comments = comments
        self.cutsAtScissors = cutsAtScissors
    }

    /// What begins a comment in front of Git's scissors; nil for another line.
    static func scissorsPrefix(_ line: ArraySlice<UInt8>) -> [UInt8]? {
        guard line.count > scissors.count, line.suffix(scissors.count).elementsEqual(scissors)
        else { return nil }
        let prefix = Array(line.dropLast(scissors.count))
        return prefix.count <= longestPrefix && !prefix.contains(0x20) ? prefix : nil
    }

    /// What begins a comment in these lines, the scissors and all below them left out; nil where
    /// none is taken away.
    func prefix(in lines: [ArraySlice<UInt8>], scissors: [UInt8]?) -> [UInt8]? {
        switch comments {
        case .kept: return nil
        case .removed(let prefix): return Array(prefix.utf8)
        case .removedByChoice:
            if let scissors { return scissors }
            let last = lines.last { line in !line.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
            // Git's own lines are the character alone, or have a space or tab behind it.
            guard let last, let first = last.first, Self.choice.contains(first),
                last.count == 1 || [0x20, 0x09].contains(last[last.startIndex + 1])
            else { return nil }
            return [first]
        }
    }
}
