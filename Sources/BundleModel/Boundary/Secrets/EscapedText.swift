/// Texts with characters written as escapes: `%XX`, `\xXX`, `\uXXXX`, `&#N;`, and lines that a
/// backslash joins.
enum EscapedText {
    /// Every run without spaces that holds an escape, with its escapes undone, a line each.
    static func view(of bytes: Span<UInt8>, at escapes: [Int]) -> DecodedView? {
        var text: [UInt8] = []
        var places: [(decoded: Int, original: Int)] = []
        var done = 0
        for escape in escapes
        where escape >= done && character(in: bytes, at: escape) != nil {
            var start = escape
            while start > done, escape - start < 512, !isBreak(bytes[start - 1]) { start -= 1 }
            text.append(UInt8(ascii: "\n"))
            places.append((text.count, start))
            var index = start
            while index < bytes.count, index - escape < SecretScan.reach {
                if let (character, next) = character(in: bytes, at: index) {
                    text += character
                    index = next
                } else if isBreak(bytes[index]) {
                    break
                } else {
                    text.append(bytes[index])
                    index += 1
                }
            }
            done = index
        }
        guard !text.isEmpty else { return nil }
        return DecodedView(bytes: text, places: places, end: bytes.count)
    }

    private static func isBreak(_ byte: UInt8) -> Bool { byte <= 0x20 }

    /// The character that an escape at an index stands for, and where the escape ends.
    private static func character(in bytes: Span<UInt8>, at index: Int) -> ([UInt8], Int)? {
        switch bytes[index] {
        case UInt8(ascii: "%"):
            return number(in: bytes, from: index + 1, digits: 2).map { ([UInt8($0)], index + 3) }
        case UInt8(ascii: "\\"):
            guard index + 1 < bytes.count else { return nil }
            switch bytes[index + 1] {
            case UInt8(ascii: "x"):
                return number(in: bytes, from: index + 2, digits: 2).map {
                    (utf8($0), index + 4)
                }
            case UInt8(ascii: "u"):
                return number(in: bytes, from: index + 2, digits: 4).map {
                    (utf8($0), index + 6)
                }
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                var next = index + 2
                let limit = min(bytes.count, next + 64)
                while next < limit, bytes[next] <= 0x20 { next += 1 }
                return ([], next)
            default: return nil
            }
        case UInt8(ascii: "&"):
            guard bytes.has("&#", at: index) else { return nil }
            return entity(in: bytes, from: index + 2)
        default: return nil
        }
    }

    private static func entity(in bytes: Span<UInt8>, from start: Int) -> ([UInt8], Int)? {
        var index = start
        let isHex = index < bytes.count && (bytes[index] | 0x20) == UInt8(ascii: "x")
        if isHex { index += 1 }
        var value: UInt32 = 0
        let first = index
        while index < bytes.count, index - first < 6, let digit = bytes[index].hexValue,
            isHex || digit < 10
        {
            value = value * (isHex ? 16 : 10) + UInt32(digit)
            index += 1
        }
        guard index > first, index < bytes.count, bytes[index] == UInt8(ascii: ";") else {
            return nil
        }
        return (utf8(value), index + 1)
    }

    private static func number(in bytes: Span<UInt8>, from start: Int, digits: Int) -> UInt32? {
        guard start + digits <= bytes.count else { return nil }
        var value: UInt32 = 0
        for index in start..<start + digits {
            guard let digit = bytes[index].hexValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private static func utf8(_ value: UInt32) -> [UInt8] {
        Unicode.Scalar(value).map { Array(String($0).utf8) } ?? [0x3F]
    }
}
