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
        /// `"key", "value"`: the next item of a list.
        case item
        /// `key → value`, `key (value)`, `key set to value`: a mark that also joins other texts.
        case mark
        /// `key "value"`, `key value`: nothing but room between.
        case room
    }

    private static let closers = ByteSet(ascii: "\"'`*_]\\")
    private static let room = ByteSet(ascii: " \t")
    private static let closings = ByteSet(ascii: "\"'`\\")
    private static let pairSigns = ByteSet(ascii: "?&;#\"'=")
    private static let callSigns = ByteSet(ascii: "([{,")
    private static let equals = ByteSet(ascii: "=")

    /// What joins a key to what follows, and where that starts.
    func joint(behind key: Range<Int>, in bytes: Span<UInt8>) -> (Joint, Int)? {
        let isFlag = bytes[key.lowerBound] == UInt8(ascii: "-")
        var index = key.upperBound
        func skip(_ signs: ByteSet, atMost count: Int) {
            let limit = min(bytes.count, index + count)
            while index < limit, signs.contains(bytes[index]) { index += 1 }
        }
        let isClosed = index < bytes.count && Self.closings.contains(bytes[index])
        if bytes.has("[]", at: index) { index += 2 }
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
            index += bytes.has("::=", at: index) ? 2 : 1
            skip(Self.equals, atMost: 1)
            return behindColon(index, in: bytes)
        case UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            if let start = valueOfPair(from: index, in: bytes) { return (.sign, start) }
            return item(behind: key, at: index, in: bytes)
        case UInt8(ascii: ">"):
            if byte(key.lowerBound - 1, in: bytes) == UInt8(ascii: "<") {
                return (.element, index + 1)
            }
            return isClosed ? (.mark, index + 1) : nil
        case UInt8(ascii: "<") where bytes.has("</key>", at: index):
            return valueOfPropertyList(from: index + 6, in: bytes).map { (.element, $0) }
        case UInt8(ascii: "|"):
            // The next cell of a table, or a value in place of none.
            return bytes.has("|| ", at: index) ? (.mark, index + 3) : (.sign, index + 1)
        case UInt8(ascii: "?"), UInt8(ascii: "+"):
            if bytes.has("?? ", at: index) { return (.mark, index + 3) }
            return byte(index + 1, in: bytes) == UInt8(ascii: "=") ? (.sign, index + 2) : nil
        case UInt8(ascii: "-") where bytes.has("->", at: index):
            return (.mark, index + 2)
        case 0xE2, 0xE3, 0xEF:
            return wideJoint(behind: key, at: index, in: bytes)
        case UInt8(ascii: "("):
            return bracketed(behind: key, at: index, in: bytes)
        default: break
        }
        guard index > spaceStart else { return nil }
        if let verb = bytes.first(of: Self.verbs, at: index) {
            return (verb < Self.tellingVerbs ? .sign : .mark, index + Self.verbs[verb].count)
        }
        if isFlag { return (.typed, index) }
        if isClosed {
            // `key="Password" value="x"`
            return valueOfPair(from: index, in: bytes).map { (.sign, $0) }
        }
        if let start = verbBehindWords(from: index, in: bytes) { return (.mark, start) }
        let isTyped =
            bytes.has("password", at: key.lowerBound) && isLogin(before: key.lowerBound, in: bytes)
            || key.lowerBound >= 4 && bytes.has("ENV ", at: key.lowerBound - 4)
        // What follows `Bearer` is looked at as a credential of a header.
        if !isTyped, isBearer(key, in: bytes) { return nil }
        return (isTyped ? .typed : .room, index)
    }

    /// What may stand between a key and its value; the first of them tell the value.
    private static let verbs = ["is: ", "is ", "was ", "set to ", "set as ", "changed to "].map {
        Array($0.utf8)
    }
    private static let tellingVerbs = 3
    private static let bearer = Array("bearer".utf8)

    private func isBearer(_ key: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        guard key.count == Self.bearer.count else { return false }
        for (offset, byte) in Self.bearer.enumerated()
        where bytes[key.lowerBound + offset].asciiFolded != byte { return false }
        return true
    }

    /// A value on the line of its key, or alone on the next one, also as a block of code.
    private func behindColon(_ start: Int, in bytes: Span<UInt8>) -> (Joint, Int)? {
        var index = start
        while index < min(bytes.count, start + 4), "* \t".utf8.contains(bytes[index]) { index += 1 }
        if bytes.has("</", at: index) {
            // `<b>Password:</b>`
            let limit = min(bytes.count, index + 12)
            while index < limit, bytes[index] != UInt8(ascii: ">") { index += 1 }
            return (.sign, index + 1)
        }
        let first = byte(index, in: bytes)
        guard first == 0x0A || first == 0x0D else { return (.sign, start) }
        return (.mark, lineBehind(index, in: bytes))
    }

    private func lineBehind(_ start: Int, in bytes: Span<UInt8>) -> Int {
        var index = start
        let limit = min(bytes.count, start + 40)
        while index < limit, bytes[index] <= 0x20 { index += 1 }
        guard bytes.has("```", at: index) else { return index }
        while index < limit, bytes[index] != 0x0A { index += 1 }
        while index < limit, bytes[index] <= 0x20 { index += 1 }
        return index
    }

    /// `"--key", "value"`, `f('KEY', 'value')`; `KEY,value` as a line of a table.
    private func item(
        behind key: Range<Int>, at comma: Int, in bytes: Span<UInt8>
    ) -> (Joint, Int)? {
        guard bytes[comma] == UInt8(ascii: ",") else { return nil }
        let quote = byte(key.lowerBound - 1, in: bytes)
        guard "\"'`".utf8.contains(quote), byte(key.upperBound, in: bytes) == quote else {
            let isLine = key.lowerBound == 0 || bytes[key.lowerBound - 1] == 0x0A
            return isLine && comma == key.upperBound && isNameOfVariable(key, in: bytes)
                ? (.mark, comma + 1) : nil
        }
        var index = comma + 1
        let limit = min(bytes.count, index + 32)
        while index < limit, bytes[index] <= 0x20 { index += 1 }
        guard "\"'`".utf8.contains(byte(index, in: bytes)),
            byte(index + 1, in: bytes) != UInt8(ascii: "-")
        else { return nil }
        let isCall = byte(key.lowerBound - 2, in: bytes) == UInt8(ascii: "(")
        let isFlag = bytes[key.lowerBound] == UInt8(ascii: "-")
        return (isFlag || isCall && isNameOfVariable(key, in: bytes) ? .typed : .item, index)
    }

    /// `<string>` behind the key of a property list.
    private func valueOfPropertyList(from start: Int, in bytes: Span<UInt8>) -> Int? {
        var index = start
        let limit = min(bytes.count, start + 24)
        while index < limit, bytes[index] <= 0x20 { index += 1 }
        return bytes.has("<string>", at: index) ? index + 8 : nil
    }

    /// `key (prod): value`, `key (value)`.
    private func bracketed(
        behind key: Range<Int>, at open: Int, in bytes: Span<UInt8>
    ) -> (Joint, Int)? {
        guard open > key.upperBound || bytes[key.upperBound - 1] >= 0x80 else { return nil }
        var index = open + 1
        let limit = min(bytes.count, open + 32)
        while index < limit, bytes[index] != UInt8(ascii: ")"), bytes[index] != 0x0A { index += 1 }
        if byte(index, in: bytes) == UInt8(ascii: ")"),
            ":=".utf8.contains(byte(index + 1, in: bytes))
        {
            return (bytes[key.upperBound - 1] >= 0x80 ? .sign : .mark, index + 2)
        }
        return (.mark, open + 1)
    }

    /// `API key for prod is "value"`
    private func verbBehindWords(from start: Int, in bytes: Span<UInt8>) -> Int? {
        guard bytes.has("for ", at: start) || bytes.has("of ", at: start) else { return nil }
        var index = start
        let limit = min(bytes.count, start + 40)
        while index < limit, bytes[index].isASCIIAlphanumeric || " -_".utf8.contains(bytes[index]) {
            if bytes.has(" is ", at: index) { return index + 4 }
            index += 1
        }
        return nil
    }

    func byte(_ index: Int, in bytes: Span<UInt8>) -> UInt8 {
        index >= 0 && index < bytes.count ? bytes[index] : 0
    }

    /// Whether a pair stands here as one of several, or by itself: not where code passes an
    /// argument by its name.
    private func joinsPairs(before key: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        let before = byte(key.lowerBound - 1, in: bytes)
        if isCode { return Self.pairSigns.contains(before) }
        return !Self.callSigns.contains(before)
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
        guard let word = ["value", "content"].first(where: { bytes.has($0, at: index) }) else {
            return nil
        }
        index += word.utf8.count
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
}
