/// Texts with characters written as escapes: `%XX`, `\xXX`, `\uXXXX`, `\u{XX}`, `\UXXXXXXXX`, `\147`,
/// `\_`, `&#N;`, `&lowbar;`, lines that a backslash joins, and texts with characters in them that
/// nobody sees.
enum EscapedText {
    /// Characters that nobody sees and that part a text for those that search it.
    static let invisible = [
        "\u{AD}", "\u{180E}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{200F}",
        "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2060}", "\u{2061}",
        "\u{2062}", "\u{2063}", "\u{2064}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}",
        "\u{FE0E}", "\u{FE0F}", "\u{FEFF}",
    ]
    private static let unseen = WordSet(invisible)
    /// Other texts that begin an escape.
    static let openings = [
        "%", "\\u", "\\x", "\\0", "\\1", "\\_", "&#", "&lowbar;", "&colon;", "&equals;",
        "&commat;", "&sol;", "&period;", "\\\n", "\\\r\n", "<wbr>",
    ]

    /// Which bytes begin an escape or end a run.
    private static let begins: [Bool] = {
        let first = Set((openings + invisible).compactMap(\.utf8.first))
        return (0...255).map { isBreak(UInt8($0)) || first.contains(UInt8($0)) }
    }()

    /// A run of fewer bytes holds nothing, when its escapes are undone: the shortest that is
    /// refused has a key of two letters, a sign and a value.
    private static let shortest = 4

    /// Every run without spaces that holds an escape, with its escapes undone, a line each.
    ///
    /// Of a run it has what a match may reach from an escape; a byte stands at most twice in it.
    static func view(of bytes: Span<UInt8>, at escapes: [Int]) -> DecodedView? {
        var text: [UInt8] = []
        var places: [DecodedView.Place] = []
        var done = 0
        let begins = begins.span
        /// Where the last escape ends that was undone.
        var undone = 0
        for escape in escapes
        where escape >= done && character(in: bytes, at: escape) != nil {
            let (length, placeCount) = (text.count, places.count)
            var start = escape
            let earliest = max(undone, escape - SecretScan.reach)
            while start > earliest, !isBreak(bytes[start - 1]) { start -= 1 }
            text.append(UInt8(ascii: "\n"))
            places.append(DecodedView.Place(decoded: text.count, original: start))
            var index = start
            var end = escape + SecretScan.reach
            while index < min(end, bytes.count) {
                if !begins[Int(bytes[index])] {
                    text.append(bytes[index])
                    index += 1
                } else if let (character, next) = character(in: bytes, at: index) {
                    places.append(DecodedView.Place(decoded: text.count, original: index))
                    character.append(to: &text)
                    places.append(DecodedView.Place(decoded: text.count, original: next))
                    index = next
                    undone = next
                    end = next + SecretScan.reach
                } else if isBreak(bytes[index]) {
                    break
                } else {
                    text.append(bytes[index])
                    index += 1
                }
            }
            done = index
            if text.count - length <= shortest {
                text.removeLast(text.count - length)
                places.removeLast(places.count - placeCount)
            }
        }
        guard !text.isEmpty else { return nil }
        return DecodedView(bytes: text, places: places, end: bytes.count)
    }

    /// What an escape stands for.
    private enum Character {
        case byte(UInt8)
        case code(UInt32)
        case nothing

        func append(to text: inout [UInt8]) {
            switch self {
            case .byte(let byte): text.append(byte)
            case .code(let code) where code < 0x80: text.append(UInt8(code))
            case .code(let code):
                guard let bytes = Unicode.Scalar(code).flatMap(UTF8.encode) else {
                    return text.append(0x3F)
                }
                text.append(contentsOf: bytes)
            case .nothing: break
            }
        }
    }

    private static func isBreak(_ byte: UInt8) -> Bool { byte <= 0x20 }

    /// The character that an escape at an index stands for, and where the escape ends.
    private static func character(in bytes: Span<UInt8>, at index: Int) -> (Character, Int)? {
        switch bytes[index] {
        case UInt8(ascii: "%"): return percent(in: bytes, at: index)
        case UInt8(ascii: "\\"):
            guard index + 1 < bytes.count else { return nil }
            return backslash(bytes[index + 1], in: bytes, at: index)
        case UInt8(ascii: "&"):
            if bytes.has("&#", at: index) { return entity(in: bytes, from: index + 2) }
            for (name, sign) in entities where bytes.has(name, at: index) {
                return (.byte(sign), index + name.utf8.count)
            }
            return nil
        case UInt8(ascii: "<"):
            return bytes.has("<wbr>", at: index) ? (.nothing, index + 5) : nil
        case 0xC2, 0xE1, 0xE2, 0xEF:
            let end = min(bytes.count, index + (bytes[index] == 0xC2 ? 2 : 3))
            return unseen.contains(bytes.extracting(index..<end)) ? (.nothing, end) : nil
        default: return nil
        }
    }

    private static let entities: [(String, UInt8)] = [
        ("&lowbar;", 0x5F), ("&colon;", 0x3A), ("&equals;", 0x3D), ("&commat;", 0x40),
        ("&sol;", 0x2F), ("&period;", 0x2E),
    ]

    /// `%5F`, and `%255F` where a sign was escaped more than once.
    private static func percent(in bytes: Span<UInt8>, at index: Int) -> (Character, Int)? {
        var start = index + 1
        while start - index < 16, bytes.has("25", at: start),
            number(in: bytes, from: start + 2, digits: 2) != nil
        {
            start += 2
        }
        return number(in: bytes, from: start, digits: 2).map { (.byte(UInt8($0)), start + 2) }
    }

    private static func backslash(
        _ letter: UInt8, in bytes: Span<UInt8>, at index: Int
    ) -> (Character, Int)? {
        let start = index + 2
        switch letter {
        case UInt8(ascii: "x"):
            return number(in: bytes, from: start, digits: 2).map { (.code($0), start + 2) }
        case UInt8(ascii: "u"):
            if start < bytes.count, bytes[start] == UInt8(ascii: "{") {
                return braced(in: bytes, from: start + 1)
            }
            return number(in: bytes, from: start, digits: 4).map { (.code($0), start + 4) }
        case UInt8(ascii: "U"):
            return number(in: bytes, from: start, digits: 8).map { (.code($0), start + 8) }
        case UInt8(ascii: "0"), UInt8(ascii: "1"):
            guard start + 1 < bytes.count, let second = bytes[start].hexValue,
                let third = bytes[start + 1].hexValue, second < 8, third < 8
            else { return nil }
            return (.byte((letter - 0x30) << 6 | second << 3 | third), start + 2)
        case UInt8(ascii: "_"):
            return (.byte(letter), start)
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            var next = start
            let limit = min(bytes.count, next + 64)
            while next < limit, bytes[next] <= 0x20 { next += 1 }
            return (.nothing, next)
        default: return nil
        }
    }

    /// `\u{67}`
    private static func braced(in bytes: Span<UInt8>, from start: Int) -> (Character, Int)? {
        var value: UInt32 = 0
        var index = start
        while index < bytes.count, index - start < 6, let digit = bytes[index].hexValue {
            value = value << 4 | UInt32(digit)
            index += 1
        }
        guard index > start, index < bytes.count, bytes[index] == UInt8(ascii: "}") else {
            return nil
        }
        return (.code(value), index + 1)
    }

    private static func entity(in bytes: Span<UInt8>, from start: Int) -> (Character, Int)? {
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
        return (.code(value), index + 1)
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
}
