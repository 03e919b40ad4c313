extension TextPass {
    private static let keySigns = ByteSet(ascii: "-.")
    private static let querySigns = ByteSet(ascii: "?&#")
    private static let literalSigns = ByteSet(ascii: "!@#$%^&*?")
    /// What the name of a key is made of.
    static let keyBytes = ByteSet.word.union(ByteSet(ascii: "-."))

    /// Looks for a value behind a key that names a secret, as in `password: …`.
    mutating func look(forValueAt literal: Range<Int>, in bytes: Span<UInt8>) {
        guard literal.lowerBound >= keyDone else { return }
        let key = keyRange(around: literal, in: bytes)
        keyDone = key.upperBound
        look(forColumnOf: key, in: bytes)
        guard let (joint, start) = joint(behind: key, in: bytes),
            let whole = value(joint, from: start, in: bytes), mayBeSecret(whole, joint, in: bytes)
        else { return }
        let value = firstPair(of: whole, behind: key, in: bytes)
        guard value.range == whole.range || mayBeSecret(value, joint, in: bytes),
            let meaning = meaning(of: key, in: bytes)
        else { return }
        keyDone = max(keyDone, value.range.upperBound)
        judge(value, meaning: meaning, joint: joint, in: bytes)
    }

    /// The whole identifier that holds a literal; in Japanese there is no other end than itself.
    private func keyRange(around literal: Range<Int>, in bytes: Span<UInt8>) -> Range<Int> {
        let parts = Self.keyBytes
        var start = literal.lowerBound
        var end = literal.upperBound
        if bytes[start] < 0x80 {
            while start > keyDone, literal.lowerBound - start < 64, parts.contains(bytes[start - 1])
            {
                start -= 1
            }
        }
        if bytes[end - 1] < 0x80 {
            while end < bytes.count, end - literal.upperBound < 64, parts.contains(bytes[end]) {
                end += 1
            }
            while end > literal.upperBound, Self.keySigns.contains(bytes[end - 1]) { end -= 1 }
        }
        return start..<end
    }

    mutating func meaning(
        of key: Range<Int>, in bytes: Span<UInt8>
    ) -> KeyVocabulary.Meaning? {
        var start = key.lowerBound
        while start < key.upperBound, Self.keySigns.contains(bytes[start]) { start += 1 }
        let vocabulary = scan.keys
        return memory.keys.fact(of: bytes.extracting(start..<key.upperBound)) {
            vocabulary.meaning(ofKey: $0)
        }
    }

    /// The value of a key: in a URL up to the next pair, in an element up to its end.
    private mutating func value(
        _ joint: Joint, from start: Int, in bytes: Span<UInt8>
    ) -> ValueText? {
        switch joint {
        case .element: content(from: start, in: bytes)
        case .sign, .typed, .tight:
            blockValue(from: start, in: bytes) ?? value(from: start, in: bytes)
        case .item, .mark, .room: value(from: start, in: bytes)
        }
    }

    /// A value without the pairs that follow it in a query: `?token=x&state=1`.
    private func firstPair(
        of value: ValueText, behind key: Range<Int>, in bytes: Span<UInt8>
    ) -> ValueText {
        let before = byte(key.lowerBound - 1, in: bytes)
        guard !value.isQuoted, Self.querySigns.contains(before),
            let end = value.range.first(where: { bytes[$0] == UInt8(ascii: "&") })
        else { return value }
        return ValueText(range: value.range.lowerBound..<end, isQuoted: false, isClear: true)
    }

    /// What stands between `>` and `</` on one line.
    private func content(from start: Int, in bytes: Span<UInt8>) -> ValueText? {
        var end = start
        let limit = min(bytes.count, start + 512)
        while end < limit, bytes[end] != UInt8(ascii: "<"), bytes[end] != 0x0A { end += 1 }
        guard end > start, bytes.has("</", at: end) else { return nil }
        return ValueText(range: start..<end, isQuoted: true, isClear: true)
    }

    /// The text of a value, without its quotes.
    mutating func value(from start: Int, in bytes: Span<UInt8>) -> ValueText? {
        var reader = ValueReader(start: start, looked: looked)
        let value = reader.read(in: bytes)
        looked = reader.looked
        return value
    }

    /// In running text no literal without a letter and a digit or such a sign is refused.
    private mutating func mayBeSecret(
        _ value: ValueText, _ joint: Joint, in bytes: Span<UInt8>
    ) -> Bool {
        let range = value.range
        switch joint {
        case .typed, .tight:
            guard range.count >= 6 || isCode && range.count >= 4 else { return false }
        case .sign, .element:
            guard range.count >= (isCode && value.isQuoted ? 4 : 6) else { return false }
        case .item, .mark: guard range.count >= 8 else { return false }
        case .room: guard range.count >= (value.isQuoted ? 8 : 20) else { return false }
        }
        var hasDigit = false
        var hasLetter = false
        var start = range.lowerBound
        if plain.range.contains(start) {
            // Only what follows the text that was looked at last.
            (hasDigit, hasLetter) = (plain.hasDigit, plain.hasLetter)
            start = min(plain.range.upperBound, range.upperBound)
        }
        for index in start..<range.upperBound {
            if bytes[index].isASCIIDigit || isCode && Self.literalSigns.contains(bytes[index]) {
                hasDigit = true
            }
            if bytes[index].isASCIILetter { hasLetter = true }
            if hasDigit, hasLetter { return true }
        }
        let end = max(range.upperBound, start == range.lowerBound ? 0 : plain.range.upperBound)
        plain = (range.lowerBound..<end, hasDigit, hasLetter)
        return false
    }
}
