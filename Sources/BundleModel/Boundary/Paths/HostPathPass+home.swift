/// Homes by `~`, and variables for directories of a host.
extension HostPathPass {
    mutating func readTilde(_ index: Int, in text: Span<UInt8>) -> Int {
        guard isStart(index, in: text) else { return index + 1 }
        let next = byte(index + 1, in: text)
        if next == 0x2F || next == 0x5C {
            let token = PathToken(text, at: index + 1, separator: next)
            let end = token.range.upperBound
            if isStrict {
                let isNumber =
                    token.segments.first.map {
                        text.extracting($0).allSatisfy(TextByte.isDigit)
                    } == true
                if !isNumber || token.segments.count > 1, !isOfPermission(token, index, in: text) {
                    report(.home, index..<end, in: text)
                }
            } else if let kind = homeKind(token, in: text) {
                report(kind, index..<end, in: text)
            }
            return max(end, index + 1)
        }
        guard TextByte.isLetter(next) || next == 0x5F else { return index + 1 }
        return readUser(index, in: text)
    }

    /// `~alice/work`
    private mutating func readUser(_ index: Int, in text: Span<UInt8>) -> Int {
        var end = index + 1
        while end < text.count, end - index < 34, TextByte.isWord(text[end]) || text[end] == 0x2D {
            end += 1
        }
        guard byte(end, in: text) == 0x2F else { return end }
        let token = PathToken(text, at: end)
        let isPath = isStrict || token.segments.count > 1
        if isPath, rules.isPerson(text.extracting((index + 1)..<end)), !token.segments.isEmpty {
            report(.home, index..<token.range.upperBound, in: text)
        }
        return max(token.range.upperBound, end)
    }

    /// P2 for what stands below a home: only what is one person's.
    mutating func homeKind(_ token: PathToken, in text: Span<UInt8>) -> HostPathKind? {
        let segments = token.segments
        guard let range = segments.first, let lastRange = segments.last else { return nil }
        let (first, last) = (text.extracting(range), text.extracting(lastRange))
        if let kind = stateKind(segments, in: text) {
            return token.isOpen ? nil : kind
        }
        if let kind = rules.kind(ofName: last) { return kind }
        let start = first[0]
        if start == 0x2E {
            let path = text.extracting(range.lowerBound..<token.range.upperBound)
            guard rules.privateHome.starts(path), rules.isConcrete(last) else { return nil }
            if segments.count == 1 { return token.endsInSlash ? nil : .home }
            let isGeneral = rules.generalHome.contains(last)
            return isGeneral || token.isOpen ? nil : .home
        }
        guard TextByte.isLetter(start) || start >= 0x80, rules.isConcrete(first) else { return nil }
        for number in 0..<segments.count
        where rules.placeholders.contains(text.extracting(segments[number])) { return nil }
        if first.equals("Library") {
            guard segments.count > 2 else { return nil }
            return rules.libraries.contains(text.extracting(segments[1])) ? .home : nil
        }
        if rules.homeFolders.contains(first) { return nil }
        if segments.count > 1 { return token.isOpen ? nil : .home }
        return first.contains(0x2E) && !token.endsInSlash ? .home : nil
    }

    // MARK: Variables

    mutating func readDollar(_ index: Int, in text: Span<UInt8>) -> Int {
        let before = byte(index - 1, in: text)
        if before == 0x24 || before == 0x5C { return index + 1 }
        var start = index + 1
        let isBraced = byte(start, in: text) == 0x7B
        if isBraced { start += 1 }
        var isPowerShell = false
        if text.count - start > 4, text[start] | 0x20 == 0x65,
            text.copy(start..<(start + 4)).map(TextByte.lower).elementsEqual("env:".utf8)
                || text.has("env.", at: start)
        {
            isPowerShell = true
            start += 4
        }
        var end = start
        while end < text.count, end - start < 64, TextByte.isWord(text[end]) { end += 1 }
        guard end > start else { return start }
        let name = text.extracting(start..<end)
        if isBraced, byte(end, in: text) == 0x7D { end += 1 }
        guard isPowerShell else { return readVariable(index, name, end, in: text) }
        let upper = Self.upper(name)
        return readVariable(index, upper.span, end, in: text)
    }

    mutating func readPercent(_ index: Int, in text: Span<UInt8>) -> Int {
        if let next = readEncoded(index, in: text) { return next }
        var end = index + 1
        while end < text.count, end - index < 40,
            TextByte.isWord(text[end]) || text[end] == 0x28 || text[end] == 0x29
        {
            end += 1
        }
        guard byte(end, in: text) == 0x25, end - index > 2 else { return index + 1 }
        let name = Self.upper(text.extracting((index + 1)..<end))
        return readVariable(index, name.span, end + 1, in: text)
    }

    private static func upper(_ name: Span<UInt8>) -> [UInt8] {
        name.copy(0..<name.count).map { $0.isASCIILower ? $0 - 0x20 : $0 }
    }

    /// A variable that ends at `end`.
    private mutating func readVariable(
        _ index: Int, _ name: Span<UInt8>, _ end: Int, in text: Span<UInt8>
    ) -> Int {
        let isHome = rules.homeVariables.contains(name)
        let isPlace = rules.placeVariables.contains(name)
        if isStrict {
            guard
                isHome || isPlace || rules.otherVariables.contains(name)
                    || rules.variableEnds.endsText(name)
            else { return end }
            let token = PathToken(text, at: end)
            report(.variable, index..<max(end, token.range.upperBound), in: text)
            return max(end, token.range.upperBound)
        }
        let separator = byte(end, in: text)
        guard isHome || isPlace, separator == 0x2F || separator == 0x5C else { return end }
        let token = PathToken(text, at: end, separator: separator)
        let below = max(end, token.range.upperBound)
        if isHome {
            if let kind = homeKind(token, in: text) { report(kind, index..<below, in: text) }
        } else if let range = token.segments.first, rules.statePlaces.contains(name) {
            let first = text.extracting(range)
            if rules.isConcrete(first), !rules.systemFolders.contains(first),
                !rules.placeholders.contains(first)
            {
                report(.variable, index..<below, in: text)
            }
        }
        return below
    }
}
