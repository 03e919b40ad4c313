/// The bytes of a YAML file that passed the rules for bytes: size, encoding, characters.
///
/// Lines end in LF or CR LF only. libyaml also ends them at a lone CR, NEL, LS and PS, which no
/// review shows; those are refused, so that its lines are everybody's lines.
struct YamlSource: Sendable {
    let bytes: [UInt8]
    private let lineStarts: [Int]
    private let isASCII: Bool
    /// The characters before every 256th byte, so that a place in a long line is found without
    /// counting the line from its start: a line may be the whole file, with a value at every
    /// second byte. Empty for ASCII.
    private let charactersBefore: [Int]
    private static let stride = 256

    init(_ bytes: [UInt8], limits: ContentLimits) throws(YamlProblem) {
        guard bytes.count <= limits.documentBytes else {
            throw YamlProblem(
                "document-too-large", at: nil,
                "the document has \(bytes.count) bytes; at most \(limits.documentBytes) are "
                    + "supported",
                hint: "move long texts to files of their own below prompts/ or assets/",
                isLimit: true)
        }
        self.bytes = bytes
        var starts = [0]
        var highest: UInt8 = 0
        var isSuspicious = false
        for (index, byte) in bytes.enumerated() {
            highest |= byte
            if byte == 0x0A {
                starts.append(index + 1)
            } else if byte < 0x20 || byte == 0x7F {
                isSuspicious = true
            }
        }
        lineStarts = starts
        isASCII = highest < 0x80
        charactersBefore = isASCII ? [] : Self.charactersBefore(in: bytes)
        if !isASCII { try checkEncoding() }
        if isSuspicious || !isASCII { try checkCharacters() }
    }

    private func checkEncoding() throws(YamlProblem) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw YamlProblem(
                "byte-order-mark", at: .start, "the document starts with a byte order mark",
                hint: "save the file as UTF-8 without a byte order mark")
        }
        guard let offset = Utf8Text.firstInvalidByte(in: bytes) else { return }
        throw YamlProblem(
            "not-utf8", at: mark(at: offset), "the document is not valid UTF-8",
            hint: "save the file as UTF-8")
    }

    private func checkCharacters() throws(YamlProblem) {
        var offset = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if let (rule, problem) = YamlCharacter.problem(with: scalar) {
                throw YamlProblem(
                    rule, at: mark(at: offset), "\(YamlCharacter.name(of: scalar)) \(problem)",
                    hint: "leave the character out")
            }
            if scalar == "\r", byte(at: offset + 1) != 0x0A {
                throw YamlProblem(
                    "control-character", at: mark(at: offset),
                    "U+000D without U+000A ends a line for some readers only",
                    hint: "end lines with a line feed")
            }
            offset += UTF8.width(scalar)
        }
    }

    /// The byte at an offset; 0, which no file contains, behind the end.
    func byte(at offset: Int) -> UInt8 {
        bytes.indices.contains(offset) ? bytes[offset] : 0
    }

    /// The place of a byte.
    func mark(at offset: Int) -> SourceMark {
        var low = 0
        var high = lineStarts.count
        while low < high {
            let middle = (low + high) / 2
            if lineStarts[middle] > offset { high = middle } else { low = middle + 1 }
        }
        let start = lineStarts[low - 1]
        let column =
            isASCII ? offset - start : characters(before: offset) - characters(before: start)
        return SourceMark(line: low, column: column + 1)
    }

    /// The first byte of the character at a place; the end for places behind it.
    func offset(of mark: SourceMark) -> Int {
        guard mark.line <= lineStarts.count else { return bytes.count }
        let start = lineStarts[mark.line - 1]
        if isASCII { return min(start + mark.column - 1, bytes.count) }
        let wanted = characters(before: start) + mark.column - 1
        var block = start / Self.stride
        var behind = charactersBefore.count
        while behind - block > 1 {
            let middle = (block + behind) / 2
            if charactersBefore[middle] <= wanted { block = middle } else { behind = middle }
        }
        var offset = block * Self.stride
        var character = charactersBefore[block]
        // A block may start inside of a character, which was counted before it.
        while offset < bytes.count, character < wanted || Self.isContinuation(bytes[offset]) {
            if !Self.isContinuation(bytes[offset]) { character += 1 }
            offset += 1
        }
        return offset
    }

    private func characters(before offset: Int) -> Int {
        let block = offset / Self.stride
        return charactersBefore[block]
            + bytes[block * Self.stride..<offset].count { !Self.isContinuation($0) }
    }

    private static func charactersBefore(in bytes: [UInt8]) -> [Int] {
        var counts: [Int] = []
        counts.reserveCapacity(bytes.count / stride + 1)
        var count = 0
        for (offset, byte) in bytes.enumerated() {
            if offset % stride == 0 { counts.append(count) }
            if !isContinuation(byte) { count += 1 }
        }
        if bytes.count % stride == 0 { counts.append(count) }
        return counts
    }

    /// The start of the line that a byte is in.
    func lineStart(of offset: Int) -> Int { lineStarts[mark(at: offset).line - 1] }

    /// The starts of all lines.
    var lines: [Int] { lineStarts }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Whether a byte is a blank, ends a line, or stands for the end of the file.
    static func isBlankOrEnd(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == 0
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}

extension YamlSource {
    /// The offset of the value behind anchors and tags in its line; the offset itself without.
    func offsetBehindProperties(at offset: Int) -> Int {
        var offset = offset
        while byte(at: offset) == 0x26 || byte(at: offset) == 0x21 {
            offset = offsetBehindProperty(at: offset)
        }
        return offset
    }

    /// The offset behind one anchor or tag and the blanks that follow.
    func offsetBehindProperty(at offset: Int) -> Int {
        var offset = offset
        while !Self.isBlankOrEnd(byte(at: offset)) { offset += 1 }
        while Self.isBlank(byte(at: offset)) { offset += 1 }
        return offset
    }

    /// The place of a directive in front of the document; nil when there is none.
    var firstDirective: SourceMark? {
        for start in lines {
            var offset = start
            if byte(at: offset) == 0x25 { return mark(at: start) }
            while Self.isBlank(byte(at: offset)) { offset += 1 }
            let isEmpty = Self.isBlankOrEnd(byte(at: offset))
            guard isEmpty || byte(at: offset) == 0x23 else { return nil }
        }
        return nil
    }

    /// Whether `...` is the last thing above the line of a byte.
    func isBehindDocumentEnd(_ offset: Int) -> Bool {
        for line in (1..<mark(at: offset).line).reversed() {
            let start = lines[line - 1]
            let text = bytes[start...].prefix { $0 != 0x0A }
            if text.starts(with: [0x2E, 0x2E, 0x2E]) { return true }
            let content = text.first { !Self.isBlankOrEnd($0) }
            guard content == nil || content == 0x23 else { return false }
        }
        return false
    }

    /// The backslash of the escape that a place is in; the place itself when there is none.
    func escape(at mark: SourceMark) -> SourceMark {
        let offset = offset(of: mark)
        let start = (max(0, offset - 2)...offset).first { byte(at: $0) == 0x5C }
        return start.map(self.mark) ?? mark
    }
}
