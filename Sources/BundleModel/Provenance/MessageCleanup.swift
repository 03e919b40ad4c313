/// What Git takes away from a message after its commit-msg hook.
///
/// Source: git-commit(1), `--cleanup`.
public struct MessageCleanup: Hashable, Sendable {
    /// What begins a comment.
    public enum CommentMark: Hashable, Sendable {
        /// This text (`core.commentChar`, `core.commentString`).
        case text(String)
        /// A character that Git chose itself (`core.commentChar` is `auto`): the one before its own
        /// last line.
        case chosenByGit
    }

    /// What begins a comment.
    public var mark: CommentMark
    /// Whether comments are taken away.
    public var removesComments: Bool
    /// Whether all below Git's scissors is taken away.
    public var cutsAtScissors: Bool

    private static let scissors = Array(
        " ------------------------ >8 ------------------------".utf8)
    /// Those that Git chooses from.
    private static let choice = Set("#;@!$%^&|:".utf8)

    /// Names what is taken away.
    public init(mark: CommentMark, removesComments: Bool, cutsAtScissors: Bool) {
        self.mark = mark
        self.removesComments = removesComments
        self.cutsAtScissors = cutsAtScissors
    }

    /// What Git does when nothing is configured: it takes lines with `#` away, and cuts.
    public static let standard = MessageCleanup(
        mark: .text("#"), removesComments: true, cutsAtScissors: true)

    /// Where Git's scissors are, of which nothing but the line feed is to differ; nil when Git does
    /// not cut.
    ///
    /// Lines are as they stand there, the last without its line feed: one with a carriage return, or
    /// without a line feed, is text, to Git as well.
    func cut(in lines: [ArraySlice<UInt8>]) -> Int? {
        cutsAtScissors ? lines.dropLast().firstIndex { scissorsMark($0) != nil } : nil
    }

    /// What begins a comment in lines of which those from `cut` on are below the scissors; nil where
    /// no comment is taken away.
    func commentMark(in lines: [ArraySlice<UInt8>], cut: Int?) -> [UInt8]? {
        guard removesComments else { return nil }
        switch mark {
        case .text(let text): return Array(text.utf8)
        case .chosenByGit:
            if let cut { return scissorsMark(lines[cut]) }
            let last = lines.last { line in !line.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
            // Git's own lines are the character alone, or have a space or tab behind it.
            guard let last, let first = last.first, Self.choice.contains(first),
                last.count == 1 || [0x20, 0x09].contains(last[last.startIndex + 1])
            else { return nil }
            return [first]
        }
    }

    private func scissorsMark(_ line: ArraySlice<UInt8>) -> [UInt8]? {
        guard line.count > Self.scissors.count,
            line.suffix(Self.scissors.count).elementsEqual(Self.scissors)
        else { return nil }
        let found = Array(line.dropLast(Self.scissors.count))
        switch mark {
        case .text(let text): return found.elementsEqual(text.utf8) ? found : nil
        case .chosenByGit:
            return found.count == 1 && Self.choice.contains(found[0]) ? found : nil
        }
    }
}
