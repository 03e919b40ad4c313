/// Base64 and base64url, on one line or several.
enum Base64Text {
    private static let separators = ByteSet(ascii: "nr\"#>=")
    private static let marks = ByteSet(ascii: "\"'#>")
    private static let lineEnds = ByteSet(ascii: "nr\n\r")
    private static let ends = ByteSet(ascii: "=\"\\'<")
    /// The shortest run that is decoded; a shorter one holds no token.
    static let shortest = 24
    static let digits: [UInt8] = {
        var digits = Array(repeating: UInt8(255), count: 256)
        for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
            .enumerated()
        {
            digits[Int(byte)] = UInt8(value)
        }
        digits[Int(UInt8(ascii: "-"))] = 62
        digits[Int(UInt8(ascii: "_"))] = 63
        return digits
    }()

    /// The bytes of a whole text in base64; nil when it is none.
    ///
    /// - Parameter isWanted: nothing is decoded any more behind a byte for which this is false.
    static func decoded(
        _ text: [UInt8], isWanted: (UInt8) -> Bool = { _ in true }
    ) -> [UInt8]? {
        var decoded: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        var isEscape = false
        for byte in text {
            let digit = digits[Int(byte)]
            if isEscape || digit >= 64 {
                // `\n` between lines, marks of comments and quotes, and padding.
                isEscape = !isEscape && byte == UInt8(ascii: "\\")
                if isEscape || byte <= 0x20 || separators.contains(byte) { continue }
                return nil
            }
            bits = bits << 6 | UInt32(digit)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            let byte = UInt8(truncatingIfNeeded: bits >> UInt32(count))
            guard isWanted(byte) else { return nil }
            decoded.append(byte)
        }
        return decoded
    }

    /// All texts that runs of base64 in `bytes` decode to, a line each; nil when there are none.
    ///
    /// - Parameter texts: where they are put together, kept from one text to the next.
    static func view(of bytes: Span<UInt8>, _ texts: inout Base64Fragments) -> DecodedView? {
        guard bytes.count >= shortest else { return nil }
        texts.begin()
        let digits = digits.span
        var lines: [Range<Int>] = []
        var index = shortest - 1
        while index < bytes.count {
            // Every run of this length has a digit at one of the places looked at.
            guard digits[Int(bytes[index])] < 64 else {
                index += shortest
                continue
            }
            var start = index
            let earliest = index - shortest + 1
            while start > earliest, digits[Int(bytes[start - 1])] < 64 { start -= 1 }
            var end = index + 1
            while end < bytes.count, digits[Int(bytes[end])] < 64 { end += 1 }
            if end - start >= shortest {
                lines.removeAll(keepingCapacity: true)
                lines.append(start..<end)
                end = join(&lines, in: bytes)
                texts.read(lines, of: bytes)
            }
            index = end + shortest - 1
        }
        return texts.view(upTo: bytes.count)
    }

    /// Adds the lines that follow a run and continue it; gives where the last one ends.
    private static func join(_ lines: inout [Range<Int>], in bytes: Span<UInt8>) -> Int {
        var line = lines[0]
        while line.count >= shortest, let next = nextLine(behind: line.upperBound, in: bytes) {
            var last = next
            while last < bytes.count, digits[Int(bytes[last])] < 64 { last += 1 }
            // The last line may be short, and nothing but padding stands behind it.
            guard last > next,
                last == bytes.count || bytes[last] <= 0x20
                    || ends.contains(bytes[last])
            else { break }
            line = next..<last
            lines.append(line)
        }
        return line.upperBound
    }

    /// Where the next line of a run may begin: behind a line break, as it is or as an escape, and
    /// blanks, quotes, and marks of comments.
    private static func nextLine(behind end: Int, in bytes: Span<UInt8>) -> Int? {
        var next = end
        var isNewLine = false
        while next < bytes.count, next - end < 64 {
            let byte = bytes[next]
            if byte == UInt8(ascii: "\n") { isNewLine = true }
            let behind = next + 1 < bytes.count ? bytes[next + 1] : 0x20
            if byte == UInt8(ascii: "\\"), lineEnds.contains(behind) {
                isNewLine = true
                next += 2
            } else if byte <= 0x20 || marks.contains(byte) {
                next += 1
            } else if byte == UInt8(ascii: "+"), behind <= 0x20, next > end {
                // `"…" +` and the next line.
                next += 1
            } else {
                break
            }
        }
        return isNewLine ? next : nil
    }
}
