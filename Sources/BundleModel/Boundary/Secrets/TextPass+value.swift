extension TextPass {
    /// How a value is joined to its key, which says how surely it is one.
    enum Joint {
        /// `key: value`, `key = value`, `key は value`.
        case sign
        /// `--key value`, `--key=value`, `NAME=value`.
        case typed
        /// `key=value` without any blank, as in queries and connection strings.
        case tight
        /// `<key>value</key>`
        case element
        /// `key "value"`, `key value`: nothing but room between.
        case room
    }

    private static let closers = ByteSet(ascii: "\"'`*_]\\")
    private static let room = ByteSet(ascii: " \t")
    private static let equals = ByteSet(ascii: "=")
    private static let keyBytes = ByteSet.word.union(ByteSet(ascii: "-."))

    /// Looks for a value behind a key that names a secret, as in `password: …`.
    mutating func look(forValueAt literal: Range<Int>, in bytes: Span<UInt8>) {
        guard literal.lowerBound >= keyDone else { return }
        let key = keyRange(around: literal, in: bytes)
        keyDone = key.upperBound
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
            while end > literal.upperBound, "-.".utf8.contains(bytes[end - 1]) { end -= 1 }
        }
        return start..<end
    }

    private func meaning(
        of key: Range<Int>, in bytes: Span<UInt8>
    ) -> KeyVocabulary.Meaning? {
        var text = bytes.copy(key)
        while text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: ".") {
            text.removeFirst()
        }
        return scan.keys.meaning(ofKey: text)
    }

    /// What joins a key to what follows, and where that starts.
    private func joint(behind key: Range<Int>, in bytes: Span<UInt8>) -> (Joint, Int)? {
        let isFlag = bytes[key.lowerBound] == UInt8(ascii: "-")
        var index = key.upperBound
        func skip(_ signs: ByteSet, atMost count: Int) {
            let limit = min(bytes.count, index + count)
            while index < limit, signs.contains(bytes[index]) { index += 1 }
        }
        let isClosed = index < bytes.count && "\"'`\\".utf8.contains(bytes[index])
        skip(Self.closers, atMost: 4)
        let spaceStart = index
        skip(Self.room, atMost: 8)
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "="):
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            if next == UInt8(ascii: "=") || next == UInt8(ascii: "~") { return nil }
            let isTight = spaceStart == index && index == key.upperBound
            index += next == UInt8(ascii: ">") ? 2 : 1
            if isFlag || isTight && isNameOfVariable(key, in: bytes) { return (.typed, index) }
            return (
                isTight && next > 0x20 && joinsPairs(before: key, in: bytes) ? .tight : .sign, index
            )
        case UInt8(ascii: ":"):
            index += 1
            skip(Self.equals, atMost: 1)
            return (.sign, index)
        case 0xE3 where bytes.has("は", at: index) || bytes.has("が", at: index):
            return (.sign, index + 3)
        case 0xEF where bytes.has("：", at: index) || bytes.has("＝", at: index):
            return (.sign, index + 3)
        case UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            return valueOfPair(from: index, in: bytes).map { (.sign, $0) }
        case UInt8(ascii: ">") where byte(key.lowerBound - 1, in: bytes) == UInt8(ascii: "<"):
            return (.element, index + 1)
        case UInt8(ascii: "|"):
            // The next cell of a table.
            return (.sign, index + 1)
        default: break
        }
        guard index > spaceStart else { return nil }
        for verb in ["is: ", "is ", "was "] where bytes.has(verb, at: index) {
            return (.sign, index + verb.utf8.count)
        }
        if isFlag { return (.typed, index) }
        if isClosed {
            // `key="Password" value="x"`
            return valueOfPair(from: index, in: bytes).map { (.sign, $0) }
        }
        let isTyped =
            bytes.has("password", at: key.lowerBound) && isLogin(before: key.lowerBound, in: bytes)
            || key.lowerBound >= 4 && bytes.has("ENV ", at: key.lowerBound - 4)
        // What follows `Bearer` is looked at as a credential of a header.
        if !isTyped, key.count == 6, bytes[key.lowerBound] | 0x20 == UInt8(ascii: "b") {
            return nil
        }
        return (isTyped ? .typed : .room, index)
    }

    private func byte(_ index: Int, in bytes: Span<UInt8>) -> UInt8 {
        index >= 0 && index < bytes.count ? bytes[index] : 0
    }

    /// Whether a pair stands here as one of several, or by itself: not where code passes an
    /// argument by its name.
    private func joinsPairs(before key: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        let before = byte(key.lowerBound - 1, in: bytes)
        if isCode { return before != 0 && "?&;#\"'=".utf8.contains(before) }
        return !"([{,".utf8.contains(before)
    }

    private func isNameOfVariable(_ key: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        for index in key where bytes[index].isASCIILower { return false }
        return bytes[key.lowerBound].isASCIIUpper
    }

    /// `name: X` or `"name": "X",` before `value: …`.
    private func valueOfPair(from start: Int, in bytes: Span<UInt8>) -> Int? {
        var index = start
        let limit = min(bytes.count, start + 32)
        while index < limit, ", \t\r\n\"'".utf8.contains(bytes[index]) { index += 1 }
        guard bytes.has("value", at: index) else { return nil }
        index += 5
        while index < limit, "\"' ".utf8.contains(bytes[index]) { index += 1 }
        guard index < limit, ":=".utf8.contains(bytes[index]) else { return nil }
        return index + 1
    }

    /// `machine h login u password p`, as in `.netrc`.
    private func isLogin(before index: Int, in bytes: Span<UInt8>) -> Bool {
        let text = bytes.copy(max(0, index - 160)..<index)
        let words = text.split(whereSeparator: { $0 <= 0x20 })
        return words.count >= 2 && words[words.count - 2].elementsEqual("login".utf8)
    }

    private mutating func value(
        _ joint: Joint, from start: Int, in bytes: Span<UInt8>
    ) -> ValueText? {
        joint == .element ? content(from: start, in: bytes) : value(from: start, in: bytes)
    }

    /// A value without the pairs that follow it in a query: `?token=x&state=1`.
    private func firstPair(
        of value: ValueText, behind key: Range<Int>, in bytes: Span<UInt8>
    ) -> ValueText {
        let before = byte(key.lowerBound - 1, in: bytes)
        guard !value.isQuoted, before != 0, "?&#".utf8.contains(before),
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
        var reader = ValueReader(start: start, bare: bare)
        let value = reader.read(in: bytes)
        bare = reader.bare
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
            if bytes[index].isASCIIDigit || isCode && "!@#$%^&*?".utf8.contains(bytes[index]) {
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
