/// What the start of a line in a settings file is.
enum SettingsLine {
    /// `[name]`
    case section(Range<Int>)
    /// `key = value`: the key, and where the value starts.
    case pair(Range<Int>, value: Int)
    /// `machine host login name password word`, and where the line ends.
    case words([(key: Range<Int>, value: Range<Int>)], end: Int)
    case text

    /// Nil when the bytes end before the line shows what it is, unless they are the whole.
    init?(_ bytes: [UInt8], _ range: Range<Int>, isWhole: Bool) {
        let lineEnd = bytes[range].firstIndex(of: 0x0A)
        guard lineEnd != nil || isWhole else { return nil }
        let range = range.lowerBound..<(lineEnd ?? range.upperBound)
        if bytes[range.lowerBound] == 0x5B,
            let close = bytes[range].firstIndex(of: 0x5D), close > range.lowerBound + 1
        {
            self = .section((range.lowerBound + 1)..<close)
        } else if let words = Self.words(bytes, range), lineEnd != nil || isWhole {
            self = .words(words, end: range.upperBound)
        } else {
            self = Self.pair(bytes, range) ?? .text
        }
    }

    /// The key ends at the first `=`; at a colon only when it is one word and a blank follows, or
    /// behind an own path as in `.npmrc`.
    private static func pair(_ bytes: [UInt8], _ range: Range<Int>) -> SettingsLine? {
        var start = range.lowerBound
        let export = Array("export ".utf8)
        if bytes[range].starts(with: export) { start += export.count }
        while start < range.upperBound, TextByte.isBlank(bytes[start]) { start += 1 }
        guard let end = separator(bytes, start..<range.upperBound), end > start else { return nil }
        var keyEnd = end
        while keyEnd > start, TextByte.isBlank(bytes[keyEnd - 1]) || bytes[keyEnd - 1] == 0x2B {
            keyEnd -= 1
        }
        if keyEnd - start > 2, bytes[start] == 0x22 || bytes[start] == 0x27,
            bytes[keyEnd - 1] == bytes[start]
        {
            start += 1
            keyEnd -= 1
        }
        guard keyEnd > start else { return nil }
        var value = end + 1
        while value < range.upperBound, TextByte.isBlank(bytes[value]) { value += 1 }
        return .pair(start..<keyEnd, value: value)
    }

    private static func separator(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        var blanks = 0
        var previous: UInt8 = 0
        /// Where the only blanks so far are those right before: `key : value`.
        var isAfterKey = true
        for index in range {
            let byte = bytes[index]
            if byte == 0x3D { return index }
            if blanks > 0, !TextByte.isBlank(byte), byte != 0x3A { isAfterKey = false }
            if byte == 0x3A, isAfterKey, previous != 0x5C {
                let next = index + 1 < range.upperBound ? bytes[index + 1] : 0x20
                if TextByte.isBlank(next) { return index }
            }
            if TextByte.isBlank(byte), index > range.lowerBound { blanks += 1 }
            // A sentence with `=` somewhere is no pair.
            if blanks > 4 { return nil }
            previous = byte
        }
        return nil
    }

    private static let netrcKeys = ["machine", "login", "password", "account", "default"].map {
        Array($0.utf8)
    }

    private static func words(
        _ bytes: [UInt8], _ range: Range<Int>
    ) -> [(key: Range<Int>, value: Range<Int>)]? {
        let first = bytes[range].prefix(8)
        guard let name = netrcKeys.first(where: { first.starts(with: $0) }),
            range.lowerBound + name.count < range.upperBound,
            TextByte.isBlank(bytes[range.lowerBound + name.count])
        else { return nil }
        let words = bytes[range].split(whereSeparator: TextByte.isBlank).map(\.indices)
        var pairs: [(key: Range<Int>, value: Range<Int>)] = []
        var index = 0
        while index + 1 < words.count {
            let word = bytes[words[index]]
            guard netrcKeys.contains(where: { $0.elementsEqual(word) }) else { return nil }
            // `password = x` is a pair of INI.
            if bytes[words[index + 1]].elementsEqual("=".utf8) { return nil }
            if word.elementsEqual("default".utf8) {
                index += 1
                continue
            }
            pairs.append((words[index], words[index + 1]))
            index += 2
        }
        return pairs.isEmpty ? nil : pairs
    }
}
