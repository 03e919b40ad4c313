/// Drives, shares, devices and pipes of Windows; and abstract sockets of Linux.
extension HostPathPass {
    mutating func readBackslash(_ index: Int, in text: Span<UInt8>) -> Int {
        if byte(index - 1, in: text) == 0x3A, isDrive(index, in: text) {
            return readDrive(index, in: text)
        }
        var end = index
        while end < text.count, text[end] == 0x5C { end += 1 }
        guard end - index >= 2, isStart(index, in: text) else { return end }
        let token = PathToken(text, at: end, separator: 0x5C)
        guard let kind = shareKind(token, at: end, in: text) else { return end }
        report(kind, index..<max(end, token.range.upperBound), in: text)
        return max(end, token.range.upperBound)
    }

    /// Whether `X:` stands before `index` as a drive.
    mutating func isDrive(_ index: Int, in text: Span<UInt8>) -> Bool {
        TextByte.isLetter(byte(index - 2, in: text))
            && (index < 3 || isStart(index - 2, in: text))
            && !(index >= 3 && TextByte.isLetter(text[index - 3]))
    }

    /// A drive whose first separator is at `index`.
    mutating func readDrive(_ index: Int, in text: Span<UInt8>) -> Int {
        let token = PathToken(text, at: index, separator: 0x5C)
        let end = max(token.range.upperBound, index + 1)
        let range = (index - 2)..<end
        guard let firstRange = token.segments.first, let lastRange = token.segments.last else {
            // A drive as a whole: `C:\`.
            if isStrict, range.lowerBound == 0, end == text.count {
                report(.windows, range, in: text)
            }
            return end
        }
        let first = text.extracting(firstRange)
        if isStrict {
            if TextByte.isWord(first[0]) || first[0] == 0x2E || first[0] >= 0x80 {
                report(.windows, range, in: text)
            }
            return end
        }
        if let kind = rules.kind(ofName: text.extracting(lastRange)) {
            report(kind, range, in: text)
        } else if token.segments.count > 1, rules.driveState.containsFolded(first) {
            let second = text.extracting(token.segments[1])
            if rules.isConcrete(second), !rules.drivePlaceholders.containsFolded(second) {
                report(.windows, range, in: text)
            }
        }
        return end
    }

    private mutating func shareKind(
        _ token: PathToken, at start: Int, in text: Span<UInt8>
    ) -> HostPathKind? {
        let segments = token.segments
        if byte(start, in: text) == 0x3F { return isStrict ? .windows : nil }
        guard segments.count > 1 else { return nil }
        let (first, second) = (text.extracting(segments[0]), text.extracting(segments[1]))
        if first.equals(".") {
            if text.copy(segments[1]).map(TextByte.lower).elementsEqual("pipe".utf8) {
                let isNamed =
                    segments.count > 2 && rules.isConcrete(text.extracting(segments[2]))
                return isNamed ? .socket : nil
            }
            return isStrict ? .windows : nil
        }
        let isName =
            first.count > 1
            && first.allSatisfy {
                TextByte.isWord($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x24 || $0 == 0x40
            }
        guard isName, second.count > 1, TextByte.isWord(second[0]) else { return nil }
        if isStrict { return .windows }
        // In prose a name with a dash, a dot or a number: others are commands of TeX, or examples.
        let isHost = first.contains { !TextByte.isLetter($0) && $0 != 0x5F }
        return isHost && !rules.servers.containsFolded(first) ? .windows : nil
    }

    /// `@/run/x` and `@name` beside keys of sockets.
    mutating func readAt(_ index: Int, in text: Span<UInt8>) -> Int {
        guard isStrict, index == 0 || text[index - 1] == 0x3A, let shape, shape.context.isSocket,
            index + 1 < text.count
        else { return index + 1 }
        let rest = text.extracting((index + 1)..<text.count)
        let isPath = rest[0] == 0x2F
        guard isPath || (!rest.contains(0x2F) && !rest.contains(0x40) && shape.isOneWord) else {
            return index + 1
        }
        report(.socket, index..<text.count, in: text)
        return text.count
    }
}
