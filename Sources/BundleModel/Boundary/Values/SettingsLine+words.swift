/// Lines that are no pairs and hold a password all the same.
extension SettingsLine {
    private static let netrcKeys = ["machine", "login", "password", "account", "default"].map {
        Array($0.utf8)
    }

    /// `m`, `l`, `p`, `a`, `d`
    private static func isNetrcStart(_ byte: UInt8) -> Bool {
        byte == 0x6D || byte == 0x6C || byte == 0x70 || byte == 0x61 || byte == 0x64
    }

    /// The words of `.netrc` in pairs; nil for any other line.
    static func words(
        _ bytes: [UInt8], _ range: Range<Int>
    ) -> [(key: Range<Int>, value: Range<Int>)]? {
        // The first letters of these words.
        guard isNetrcStart(bytes[range.lowerBound]) else { return nil }
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
            // `password = x` and `password =x` are pairs of INI.
            if "=:".utf8.contains(bytes[words[index + 1].lowerBound]) { return nil }
            if word.elementsEqual("default".utf8) {
                index += 1
                continue
            }
            pairs.append((words[index], words[index + 1]))
            index += 2
        }
        return pairs.isEmpty ? nil : pairs
    }

    private static func endsHost(_ byte: UInt8) -> Bool {
        byte == 0x5C || byte == 0x3A || byte == 0x3D || TextByte.isBlank(byte)
    }

    /// The password in `host:port:database:user:password` of `.pgpass`; nil for any other line.
    static func password(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int>? {
        // Most lines have another sign before the first colon.
        let text = bytes.span
        var first = range.lowerBound
        while first < range.upperBound, !endsHost(text[first]) { first += 1 }
        guard first < range.upperBound, text[first] == 0x5C || text[first] == 0x3A else {
            return nil
        }
        var starts = [range.lowerBound]
        var index = range.lowerBound
        while index < range.upperBound, starts.count < 5 {
            if bytes[index] == 0x5C {
                index += 1
            } else if bytes[index] == 0x3A {
                starts.append(index + 1)
            } else if TextByte.isBlank(bytes[index]) || bytes[index] == 0x3D {
                return nil
            }
            index += 1
        }
        guard starts.count == 5, starts[4] < range.upperBound else { return nil }
        let port = bytes[starts[1]..<(starts[2] - 1)]
        guard starts[1] - starts[0] > 1, starts[3] - starts[2] > 1, starts[4] - starts[3] > 1,
            port.elementsEqual("*".utf8) || (1...5).contains(port.count),
            port.allSatisfy({ TextByte.isDigit($0) || $0 == 0x2A })
        else { return nil }
        return starts[4]..<range.upperBound
    }
}
