/// The trailers of a commit message, found as `git interpret-trailers --parse --no-divider` does.
///
/// Source of the rules: the documentation of `git interpret-trailers`, and what the program does
/// where that is silent. The block is the last paragraph, unless that is the title; it counts when
/// all its lines are trailers, or when one was made by Git (`Signed-off-by: `, `(cherry picked from
/// commit `) and at least a quarter are trailers.
struct TrailerBlock {
    /// The trailers in their order.
    let trailers: [Trailer]
    /// Where the block begins in the message; the end of the text when there is none.
    let start: Int
    /// Where the block ends: before trailing blank and comment lines.
    let end: Int

    private static let gitGenerated = ["Signed-off-by: ", "(cherry picked from commit "]
        .map { Array($0.utf8) }
    private static let scissors = Array(
        "# ------------------------ >8 ------------------------\n".utf8)
    private static let conflicts = Array("Conflicts:\n".utf8)
    private static let comment = UInt8(ascii: "#")
    private static let newline = UInt8(ascii: "\n")

    init(message: [UInt8]) {
        let end = Self.endOfText(message)
        let start = Self.startOfBlock(message, end)
        self.start = start
        self.end = end
        trailers = Self.parse(message[start..<max(start, end)])
    }

    // MARK: The end: trailing comments, blank lines and an old block of conflicts do not count.

    private static func endOfText(_ message: [UInt8]) -> Int {
        let cutoff = scissorsOffset(message)
        var firstIgnored: Int?
        var inConflicts = false
        var line = 0
        while line < cutoff {
            let next = nextLine(message, line, message.count)
            if message[line] == comment || message[line] == newline {
                firstIgnored = firstIgnored ?? line
            } else if message[line...].starts(with: conflicts) {
                inConflicts = true
                firstIgnored = firstIgnored ?? line
            } else if inConflicts, message[line] == UInt8(ascii: "\t") {
            } else if firstIgnored != nil {
                firstIgnored = nil
                inConflicts = false
            }
            line = next
        }
        return firstIgnored ?? cutoff
    }

    private static func scissorsOffset(_ message: [UInt8]) -> Int {
        var line = 0
        while line < message.count {
            if message[line...].starts(with: scissors) { return line }
            line = nextLine(message, line, message.count)
        }
        return message.count
    }

    // MARK: The start: the last paragraph that qualifies.

    private static func startOfBlock(_ message: [UInt8], _ end: Int) -> Int {
        let endOfTitle = endOfTitle(message, end)
        var trailerLines = 0
        var otherLines = 0
        var continuations = 0
        var isGenerated = false
        var onlySpaces = true
        var line = lastLine(message, end)
        while let start = line, start >= endOfTitle {
            defer { line = lastLine(message, start) }
            let text = message[start..<end]
            if text.first == comment {
                otherLines += continuations
                continuations = 0
                continue
            }
            if isBlank(text) {
                if onlySpaces { continue }
                otherLines += continuations
                let qualifies =
                    isGenerated && trailerLines * 3 >= otherLines
                    || trailerLines > 0 && otherLines == 0
                return qualifies ? nextLine(message, start, end) : end
            }
            onlySpaces = false
            if gitGenerated.contains(where: { text.starts(with: $0) }) {
                trailerLines += 1
                continuations = 0
                isGenerated = true
            } else if let separator = separatorOffset(text), separator >= 1, !isSpace(text.first) {
                trailerLines += 1
                continuations = 0
            } else if isSpace(text.first) {
                continuations += 1
            } else {
                otherLines += 1 + continuations
                continuations = 0
            }
        }
        return end
    }

    private static func endOfTitle(_ message: [UInt8], _ end: Int) -> Int {
        var line = 0
        while line < end {
            if message[line] != comment, isBlank(message[line..<end]) { break }
            line = nextLine(message, line, end)
        }
        return line
    }

    // MARK: The lines of the block.

    private static func parse(_ block: ArraySlice<UInt8>) -> [Trailer] {
        var logical: [(bytes: [UInt8], isFolded: Bool)] = []
        var lastIsTrailer = false
        for line in block.split(separator: newline, omittingEmptySubsequences: false) {
            if lastIsTrailer, isSpace(line.first), !logical.isEmpty {
                logical[logical.count - 1].bytes += [newline] + line
                logical[logical.count - 1].isFolded = true
                continue
            }
            guard !line.isEmpty else { continue }
            lastIsTrailer = (separatorOffset(line) ?? 0) >= 1
            logical.append((Array(line), false))
        }
        return logical.compactMap { line, isFolded in
            guard line.first != comment, let separator = separatorOffset(line[...]), separator >= 1
            else { return nil }
            let key = trimmed(line[..<separator])
            let value = unfolded(line[(separator + 1)...])
            return Trailer(key: key, value: value, isFolded: isFolded)
        }
    }

    private static func unfolded(_ bytes: ArraySlice<UInt8>) -> String {
        let lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
        var text: [UInt8] = []
        for (index, line) in lines.enumerated() {
            let part = index == 0 ? line : line.drop { isSpace($0) }
            if index > 0 { text.append(UInt8(ascii: " ")) }
            text += part
        }
        return trimmed(text[...])
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        var slice = bytes.drop { isSpace($0) }
        while let last = slice.last, isSpace(last) { slice.removeLast() }
        return String(decoding: slice, as: UTF8.self)
    }

    /// The offset of the colon that ends a key, counted from the start of the line.
    private static func separatorOffset(_ line: ArraySlice<UInt8>) -> Int? {
        var sawSpace = false
        for (offset, byte) in line.enumerated() {
            if byte == UInt8(ascii: ":") { return offset }
            let isKey =
                (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A)
                || (byte >= 0x61 && byte <= 0x7A) || byte == 0x2D
            if !sawSpace, isKey { continue }
            if offset > 0, byte == 0x20 || byte == 0x09 {
                sawSpace = true
                continue
            }
            return nil
        }
        return nil
    }

    private static func nextLine(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Int {
        bytes[from..<end].firstIndex(of: newline).map { $0 + 1 } ?? end
    }

    /// The start of the last line of the text that ends at `end`; nil at its beginning.
    private static func lastLine(_ bytes: [UInt8], _ end: Int) -> Int? {
        guard end > 0 else { return nil }
        var index = end - 1
        while index > 0, bytes[index - 1] != newline { index -= 1 }
        return index
    }

    private static func isBlank(_ text: ArraySlice<UInt8>) -> Bool {
        for byte in text {
            if byte == newline { return true }
            if !isSpace(byte) { return false }
        }
        return true
    }

    /// Git's own `isspace`, which knows neither vertical tab nor form feed.
    private static func isSpace(_ byte: UInt8?) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
