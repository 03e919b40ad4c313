/// Drives, shares, devices and pipes of Windows; and abstract sockets of Linux.
extension HostPathPass {
    mutating func readBackslash(_ index: Int) -> Int {
        if byte(index - 1) == 0x3A, isDrive(index) { return readDrive(index) }
        var end = index
        while end < text.count, byte(end) == 0x5C { end += 1 }
        guard end - index >= 2, isStart(index) else { return end }
        let token = PathToken(text, at: end, separator: 0x5C)
        guard let kind = shareKind(token, at: end) else { return end }
        report(kind, index..<max(end, token.range.upperBound))
        return max(end, token.range.upperBound)
    }

    /// Whether `X:` stands before `index` as a drive.
    func isDrive(_ index: Int) -> Bool {
        TextByte.isLetter(byte(index - 2)) && (index < 3 || isStart(index - 2))
            && !(index >= 3 && TextByte.isLetter(byte(index - 3)))
    }

    /// A drive whose first separator is at `index`.
    mutating func readDrive(_ index: Int) -> Int {
        let token = PathToken(text, at: index, separator: 0x5C)
        let end = max(token.range.upperBound, index + 1)
        let range = (index - 2)..<end
        guard let first = token.segments.first else {
            // A drive as a whole: `C:\`.
            if isStrict, range.lowerBound == 0, end == text.count { report(.windows, range) }
            return end
        }
        if isStrict {
            if TextByte.isWord(first.first ?? 0) || first.first == 0x2E || first.first ?? 0 >= 0x80
            {
                report(.windows, range)
            }
            return end
        }
        if let last = token.segments.last, let kind = live.kind(ofName: last) {
            report(kind, range)
        } else if rules.driveState.containsFolded(first), token.segments.count > 1,
            live.isConcrete(token.segments[1]),
            !rules.drivePlaceholders.containsFolded(token.segments[1])
        {
            report(.windows, range)
        }
        return end
    }

    private func shareKind(_ token: PathToken, at start: Int) -> HostPathKind? {
        let segments = token.segments
        if byte(start) == 0x3F { return isStrict ? .windows : nil }
        guard let first = segments.first, segments.count > 1 else { return nil }
        if first.elementsEqual(".".utf8) {
            let isPipe = segments[1].map(TextByte.lower).elementsEqual("pipe".utf8)
            if isPipe { return live.isConcrete(segments.dropFirst(2).first) ? .socket : nil }
            return isStrict ? .windows : nil
        }
        let isName =
            first.count > 1
            && first.allSatisfy {
                TextByte.isWord($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x24 || $0 == 0x40
            }
        guard isName, segments[1].count > 1, TextByte.isWord(segments[1].first ?? 0) else {
            return nil
        }
        if isStrict { return .windows }
        // In prose a name with a dash, a dot or a number: others are commands of TeX, or examples.
        let isHost = first.contains { !TextByte.isLetter($0) && $0 != 0x5F }
        return isHost && !rules.servers.containsFolded(first) ? .windows : nil
    }

    /// `@/run/x` and `@name` beside keys of sockets.
    mutating func readAt(_ index: Int) -> Int {
        guard isStrict, index == 0 || byte(index - 1) == 0x3A, let shape, shape.context.isSocket,
            index + 1 < text.count
        else { return index + 1 }
        let rest = text[(index + 1)...]
        let isPath = rest.first == 0x2F
        guard isPath || (!rest.contains(0x2F) && !rest.contains(0x40) && shape.isOneWord) else {
            return index + 1
        }
        report(.socket, index..<text.count)
        return text.count
    }
}
