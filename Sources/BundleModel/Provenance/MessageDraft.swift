/// A commit message as somebody wrote it, before or without the trailers of Sheaf.
public struct MessageDraft: Sendable {
    private let text: [UInt8]
    /// Comments and what stands below Git's scissors, which Git takes away.
    private let tail: [UInt8]
    /// What begins a line that Git takes away wherever it stands.
    private let comment: [UInt8]?

    private static let newline = UInt8(ascii: "\n")

    /// Reads the file that Git hands to a commit-msg hook, or a message.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - cleanup: what Git takes away from it afterwards; nil where it did so already.
    public init(bytes: [UInt8], cleanup: MessageCleanup? = .standard) {
        var lines = bytes.split(separator: Self.newline, omittingEmptySubsequences: false)
        var below: [ArraySlice<UInt8>] = []
        let cut = cleanup?.cut(in: lines)
        comment = cleanup?.commentMark(in: lines, cut: cut)
        if let cut {
            below = Array(lines[cut...])
            lines.removeSubrange(cut...)
        }
        if let comment {
            while let last = lines.last, Self.isBlank(last) || last.starts(with: comment) {
                below.insert(lines.removeLast(), at: 0)
            }
        }
        lines = lines.map(Self.withoutReturns)
        while let last = lines.last, Self.isBlank(last) { lines.removeLast() }
        text = Array(lines.joined(separator: [Self.newline]))
        tail = Array(below.drop(while: Self.isBlank).joined(separator: [Self.newline]))
    }

    /// Whether nothing was written, which makes Git give up the commit.
    public var isEmpty: Bool { text.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == Self.newline } }

    /// The trailers that stand in it.
    public var trailers: [Trailer] { TrailerBlock(message: text).trailers }

    /// The message with these trailers in place of all others of Sheaf, behind the writer's own.
    ///
    /// Throws `invalid_request` when Git would not find them there, `limit_exceeded` over
    /// ``ContentLimits/messageBytes``.
    public func stamped(
        with added: [Trailer], limits: ContentLimits = .standard
    ) throws(SheafError) -> [UInt8] {
        let block = TrailerBlock(message: text)
        let above = Self.trimmed(text[..<block.start])
        // Git takes lines that begin with '#' for comments wherever it looks for trailers.
        let below = Self.trimmed(text[max(block.start, block.end)...])
        let own = Self.trimmed(
            ArraySlice(Self.withoutClaims(text[block.start..<max(block.start, block.end)])))
        let stamp = Array(added.map(\.description).joined(separator: "\n").utf8)
        let paragraphs =
            block.trailers.isEmpty || own.isEmpty
            ? [above, own, below, stamp] : [above, below, own + [Self.newline] + stamp]
        let message =
            Array(paragraphs.filter { !$0.isEmpty }.joined(separator: Array("\n\n".utf8)))
            + [Self.newline]
        guard message.count <= limits.messageBytes else {
            throw SheafError(
                .limitExceeded, "the message is over \(limits.messageBytes) bytes",
                details: ["limit": String(limits.messageBytes)])
        }
        // What counts is what Git keeps of it.
        let read = TrailerBlock(message: withoutComments(message)).trailers
        guard read.suffix(added.count).elementsEqual(added),
            !read.dropLast(added.count).contains(where: { TrailerName.claims($0.key) })
        else {
            throw SheafError(
                .invalidRequest, "with this message Git would not find the trailers at its end",
                hint: "keep lines that are no trailers out of its last paragraph")
        }
        return tail.isEmpty ? message : message + [Self.newline] + tail
    }

    private func withoutComments(_ message: [UInt8]) -> [UInt8] {
        guard let comment else { return message }
        let lines = message.split(separator: Self.newline, omittingEmptySubsequences: false)
        return Array(
            lines.filter { !$0.starts(with: comment) }.joined(separator: [Self.newline]))
    }

    /// The lines of a block without those of Sheaf's own name space.
    private static func withoutClaims(_ block: ArraySlice<UInt8>) -> [UInt8] {
        var kept: [ArraySlice<UInt8>] = []
        var isDropping = false
        for line in block.split(separator: newline, omittingEmptySubsequences: false) {
            let continues = line.first == 0x20 || line.first == 0x09
            if !continues {
                let key = line.prefix { $0 != UInt8(ascii: ":") && $0 != 0x20 && $0 != 0x09 }
                isDropping = TrailerName.claims(String(decoding: key, as: UTF8.self))
            }
            if !isDropping { kept.append(line) }
        }
        return Array(kept.joined(separator: [newline]))
    }

    private static func withoutReturns(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line
    }

    private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var slice = bytes.drop { $0 == newline }
        while let last = slice.last, last == newline { slice.removeLast() }
        return Array(slice)
    }
}
