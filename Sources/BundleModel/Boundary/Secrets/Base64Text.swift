/// Texts in base64 or base64url, on one line or several.
enum Base64Text {
    private static let quoteSigns = ByteSet(ascii: "\"#>")
    private static let passedOver = ByteSet(ascii: "nr\"#>=")
    /// The shortest run that is decoded; a shorter one holds no token.
    static let shortest = 24
    private static let digits: [UInt8] = {
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
    static func decoded(_ text: [UInt8]) -> [UInt8]? {
        var decoded: [UInt8] = []
        let end = decode(text.span, 0..<text.count, isTextOnly: false) { decoded.append($0) }
        return end == text.count ? decoded : nil
    }

    /// All texts that runs of base64 in `bytes` decode to, a line each; nil when there are none.
    ///
    /// A run is left as soon as it decodes to what no text holds, so images cost next to nothing.
    static func view(of bytes: Span<UInt8>) -> DecodedView? {
        var text: [UInt8] = []
        var places: [(decoded: Int, original: Int)] = []
        let digits = digits.span
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
                end = joinedEnd(start, end, in: bytes)
                append(start..<end, of: bytes, to: &text, &places)
            }
            index = end + shortest - 1
        }
        guard !text.isEmpty else { return nil }
        return DecodedView(bytes: text, places: places, end: bytes.count)
    }

    /// The end of a run over the lines that follow and continue it.
    private static func joinedEnd(_ start: Int, _ end: Int, in bytes: Span<UInt8>) -> Int {
        var end = end
        var length = end - start
        while length >= 40 {
            var next = end
            var isNewLine = false
            while next < bytes.count, next - end < 64 {
                let byte = bytes[next]
                if byte == UInt8(ascii: "\n") { isNewLine = true }
                let isEscape =
                    byte == UInt8(ascii: "\\") && next + 1 < bytes.count
                    && "nr\n\r".utf8.contains(bytes[next + 1])
                if isEscape {
                    isNewLine = true
                    next += 2
                } else if byte <= 0x20 || quoteSigns.contains(byte) {
                    next += 1
                } else {
                    break
                }
            }
            guard isNewLine else { return end }
            var last = next
            while last < bytes.count, digits[Int(bytes[last])] < 64 { last += 1 }
            // The last line may be short, and nothing but padding stands behind it.
            length = last - next
            guard length > 0,
                last == bytes.count || bytes[last] <= 0x20
                    || "=\"\\'".utf8.contains(bytes[last])
            else { return end }
            end = last
        }
        return end
    }

    private static func append(
        _ range: Range<Int>, of bytes: Span<UInt8>, to text: inout [UInt8],
        _ places: inout [(decoded: Int, original: Int)]
    ) {
        // A run may start with letters that are no part of the base64: try each of the alignments.
        for shift in 0..<4 where range.count - shift >= shortest - 3 {
            let length = text.count
            text.append(UInt8(ascii: "\n"))
            decode(bytes, range.lowerBound + shift..<range.upperBound, isTextOnly: true) {
                text.append($0)
            }
            if text.count - length > 12 {
                places.append((length, range.lowerBound))
                if shift == 0 { return }
            } else {
                text.removeLast(text.count - length)
            }
        }
    }

    /// Decodes until the end of the range, or of the text; gives where it stopped.
    @discardableResult
    private static func decode(
        _ bytes: Span<UInt8>, _ range: Range<Int>, isTextOnly: Bool, _ body: (UInt8) -> Void
    ) -> Int {
        var bits: UInt32 = 0
        var count = 0
        var isEscape = false
        for index in range {
            let digit = digits[Int(bytes[index])]
            if isEscape || digit >= 64 {
                // `\n` between lines, marks of comments and quotes, and padding.
                isEscape = !isEscape && bytes[index] == UInt8(ascii: "\\")
                if isEscape || bytes[index] <= 0x20 || passedOver.contains(bytes[index]) {
                    continue
                }
                return index
            }
            bits = bits << 6 | UInt32(digit)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            let byte = UInt8(truncatingIfNeeded: bits >> UInt32(count))
            if isTextOnly, !isText(byte) { return index }
            body(byte)
        }
        return range.upperBound
    }

    private static func isText(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F && byte < 0xF8 && byte != 0xC0 && byte != 0xC1
            || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
