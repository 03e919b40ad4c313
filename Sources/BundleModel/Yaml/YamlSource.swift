/// The bytes of a YAML file that passed the rules for bytes and lines.
///
/// What can be decided without understanding the text is decided here: size, encoding, control
/// characters, directives and document markers. A marker or a directive in column 1 has its
/// meaning wherever it stands, so these rules need no context.
struct YamlSource {
    let bytes: [UInt8]
    private let lineStarts: [Int]
    private let isASCII: Bool

    init?(_ bytes: [UInt8], limits: ContentLimits, log: FindingLog) {
        guard bytes.count <= limits.documentBytes else {
            log.report(
                .limitExceeded, "document-too-large", at: nil,
                "the document has \(bytes.count) bytes; at most \(limits.documentBytes) are "
                    + "supported",
                hint: "move long texts to files of their own below prompts/ or assets/")
            return nil
        }
        self.bytes = bytes
        isASCII = bytes.allSatisfy { $0 < 0x80 }
        lineStarts = Self.lineStarts(in: bytes)
        guard checkEncoding(log), checkCharacters(log), checkLines(log) else { return nil }
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
            isASCII ? offset - start : bytes[start..<offset].count { $0 & 0xC0 != 0x80 }
        return SourceMark(line: low, column: column + 1)
    }

    /// The place of a byte, counted on from a place before it in the same line if there is one.
    func mark(at offset: Int, after known: (offset: Int, mark: SourceMark)) -> SourceMark {
        let line = known.mark.line
        let isInLine =
            offset >= known.offset && (line == lineStarts.count || offset < lineStarts[line])
        guard isInLine else { return mark(at: offset) }
        let step =
            isASCII
            ? offset - known.offset : bytes[known.offset..<offset].count { $0 & 0xC0 != 0x80 }
        return SourceMark(line: line, column: known.mark.column + step)
    }

    private func checkEncoding(_ log: FindingLog) -> Bool {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            log.malformed(
                "byte-order-mark", at: .start, "the document starts with a byte order mark",
                hint: "save the file as UTF-8 without a byte order mark")
            return false
        }
        guard let offset = Utf8Text.firstInvalidByte(in: bytes) else { return true }
        log.malformed(
            "not-utf8", at: mark(at: offset), "the document is not valid UTF-8",
            hint: "save the file as UTF-8")
        return false
    }

    private func checkCharacters(_ log: FindingLog) -> Bool {
        // A refused character is below 20, 7F, or starts with C2, E2 or EF in UTF-8.
        guard
            bytes.contains(where: {
                ($0 < 0x20 && $0 != 0x0A && $0 != 0x0D) || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2
                    || $0 == 0xEF
            })
        else { return true }
        var offset = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if let (rule, problem) = YamlCharacter.problem(with: scalar) {
                log.malformed(
                    rule, at: mark(at: offset), "\(YamlCharacter.name(of: scalar)) \(problem)",
                    hint: "leave the character out")
                return false
            }
            offset += UTF8.width(scalar)
        }
        return true
    }

    private func checkLines(_ log: FindingLog) -> Bool {
        var state = LineState.beforeDocument
        var isEmpty = true
        for (index, start) in lineStarts.enumerated() {
            let end = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
            let line = bytes[start..<end]
            let mark = SourceMark(line: index + 1, column: 1)
            if line.first == 0x25 {
                log.malformed(
                    "yaml-directive", at: mark, "the line starts with '%', a directive",
                    hint: "remove the directive; documents are plain YAML")
                return false
            }
            let isStart = Self.isMarker(line, 0x2D)
            let isEnd = Self.isMarker(line, 0x2E)
            let hasContent = Self.hasContent(isStart || isEnd ? line.dropFirst(3) : line)
            if (isStart && state != .beforeDocument) || (hasContent && state == .afterDocument) {
                log.malformed(
                    "second-document", at: mark, "a second document starts here",
                    hint: "a file holds one document; split the file")
                return false
            }
            if isEnd, hasContent || state == .beforeDocument {
                log.malformed(
                    "yaml-syntax", at: mark, "'...' ends a document, and none ends here",
                    hint: "remove the line")
                return false
            }
            if isStart || hasContent { state = .inDocument }
            if hasContent { isEmpty = false }
            if isEnd { state = .afterDocument }
        }
        if isEmpty {
            log.malformed(
                "empty-document", at: .start, "the document is empty",
                hint: "a document starts with its schema")
        }
        return !isEmpty
    }

    private enum LineState { case beforeDocument, inDocument, afterDocument }

    /// Whether a line starts with `---` or `...` as a marker.
    static func isMarker(_ line: ArraySlice<UInt8>, _ character: UInt8) -> Bool {
        guard line.count >= 3, line.prefix(3).allSatisfy({ $0 == character }) else { return false }
        guard let next = line.dropFirst(3).first else { return true }
        return next == 0x20 || next == 0x09 || next == 0x0A || next == 0x0D
    }

    private static func hasContent(_ line: ArraySlice<UInt8>) -> Bool {
        guard let first = line.first(where: { $0 != 0x20 && $0 != 0x09 }) else { return false }
        return first != 0x23 && first != 0x0A && first != 0x0D
    }

    private static func lineStarts(in bytes: [UInt8]) -> [Int] {
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D {
            let isFirstOfTwo =
                byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
            if !isFirstOfTwo, index + 1 < bytes.count { starts.append(index + 1) }
        }
        return starts
    }
}
