extension TextPass {
    /// How a value is joined to its key, which says how surely it is one.
    enum Joint {
        /// `key: value`, `key = value`, `key は value`.
        case sign
        /// `--key value`, `--key=value`, `NAME=value`.
        case typed
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
            let value = value(from: start, in: bytes), mayBeSecret(value.range, in: bytes),
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
            let isVariable = isTight && isNameOfVariable(key, in: bytes)
            return (isFlag || isVariable ? .typed : .sign, index)
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
        default: break
        }
        guard index > spaceStart else { return nil }
        for verb in ["is: ", "is ", "was "] where bytes.has(verb, at: index) {
            return (.sign, index + verb.utf8.count)
        }
        if isFlag { return (.typed, index) }
        if isClosed { return nil }
        if "\"'".utf8.contains(bytes[index]) { return (.room, index) }
        return bytes.has("password", at: key.lowerBound)
            && isLogin(before: key.lowerBound, in: bytes)
            ? (.typed, index) : nil
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

    /// The text of a value, without its quotes.
    private mutating func value(from start: Int, in bytes: Span<UInt8>) -> ValueText? {
        var reader = ValueReader(start: start, bare: bare)
        let value = reader.read(in: bytes)
        bare = reader.bare
        return value
    }

    /// In running text no literal without a digit and a letter is refused.
    private mutating func mayBeSecret(_ range: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        guard range.count >= 8 else { return false }
        if plain.lowerBound <= range.lowerBound, range.upperBound <= plain.upperBound {
            return false
        }
        var hasDigit = false
        var hasLetter = false
        for index in range {
            if bytes[index].isASCIIDigit { hasDigit = true }
            if bytes[index].isASCIILetter { hasLetter = true }
            if hasDigit, hasLetter { return true }
        }
        plain = range
        return false
    }

    private mutating func judge(
        _ value: ValueText, meaning: KeyVocabulary.Meaning, joint: Joint, in bytes: Span<UInt8>
    ) {
        var text = bytes.copy(value.range)
        if joint != .typed, meaning == .perhaps,
            let sign = text.firstIndex(of: UInt8(ascii: "=")), sign + 1 < text.count, sign <= 40
        {
            text = Array(text[(sign + 1)...])
        }
        guard !scan.values.isStandIn(text, isQuoted: value.isQuoted) else { return }
        let isSecret =
            switch (meaning, joint) {
            case (.secret, .typed): scan.values.looksTyped(text)
            case (_, .room): value.isQuoted && scan.values.looksSecret(text)
            default: (value.isClear || text.count >= 20) && scan.values.looksSecret(text)
            }
        guard isSecret else { return }
        found.append(
            SecretMatch(
                rule: "secret-beside-key", range: value.range, in: bytes,
                what: "a literal beside a word for secrets"))
    }

    /// Looks at the token behind `Bearer ` and the name and password behind `Basic `.
    mutating func look(forCredentialAfterScheme literal: Range<Int>, in bytes: Span<UInt8>) {
        if literal.lowerBound > 0, bytes[literal.lowerBound - 1].isASCIIAlphanumeric { return }
        guard let value = value(from: literal.upperBound, in: bytes), value.range.count >= 8
        else { return }
        let text = bytes.copy(value.range)
        guard text.count <= 4_096, !scan.values.isStandIn(text, isQuoted: true)
        else { return }
        let isBasic =
            (bytes[literal.lowerBound] | 0x20) == UInt8(ascii: "b")
            && (bytes[literal.lowerBound + 1] | 0x20) == UInt8(ascii: "a")
        guard
            isBasic
                ? scan.values.isNameAndPassword(text, isStrict: isStrict)
                : scan.values.looksSecret(text)
        else { return }
        found.append(
            SecretMatch(
                rule: "authorization-header", range: value.range, in: bytes,
                what: "a credential of an Authorization header"))
    }
}
