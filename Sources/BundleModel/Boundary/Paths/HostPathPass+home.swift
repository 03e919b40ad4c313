/// Homes by `~`, and variables for directories of a host.
extension HostPathPass {
    mutating func readTilde(_ index: Int) -> Int {
        guard isStart(index) else { return index + 1 }
        let next = byte(index + 1)
        if next == 0x2F || next == 0x5C {
            let token = PathToken(text, at: index + 1, separator: next)
            let end = token.range.upperBound
            if isStrict {
                let isNumber = token.segments.first?.allSatisfy(TextByte.isDigit) == true
                if !isNumber || token.segments.count > 1, !isOfPermission(token, index) {
                    report(.home, index..<end)
                }
            } else if let kind = homeKind(token) {
                report(kind, index..<end)
            }
            return max(end, index + 1)
        }
        guard TextByte.isLetter(next) || next == 0x5F else { return index + 1 }
        return readUser(index)
    }

    /// `~alice/work`
    private mutating func readUser(_ index: Int) -> Int {
        var end = index + 1
        while end < text.count, end - index < 34, TextByte.isWord(byte(end)) || byte(end) == 0x2D {
            end += 1
        }
        guard byte(end) == 0x2F else { return end }
        let token = PathToken(text, at: end)
        let isPath = isStrict || token.segments.count > 1
        if isPath, live.isPerson(text[(index + 1)..<end]), !token.segments.isEmpty {
            report(.home, index..<token.range.upperBound)
        }
        return max(token.range.upperBound, end)
    }

    /// P2 for what stands below a home: only what is one person's.
    func homeKind(_ token: PathToken) -> HostPathKind? {
        let segments = token.segments
        guard let first = segments.first, let start = first.first else { return nil }
        if let kind = stateKind(segments) {
            return token.isOpen ? nil : kind
        }
        if let last = segments.last, let kind = live.kind(ofName: last) { return kind }
        if start == 0x2E {
            let path = text[first.startIndex..<token.range.upperBound]
            guard rules.privateHome.starts(path), live.isConcrete(segments.last) else { return nil }
            if segments.count == 1 { return token.endsInSlash ? nil : .home }
            let isGeneral = rules.generalHome.contains(segments[segments.count - 1])
            return isGeneral || token.isOpen ? nil : .home
        }
        guard TextByte.isLetter(start) || start >= 0x80, live.isConcrete(first),
            !segments.contains(where: rules.placeholders.contains)
        else { return nil }
        if first.elementsEqual("Library".utf8) {
            guard segments.count > 2 else { return nil }
            return rules.libraries.contains(segments[1]) ? .home : nil
        }
        if rules.homeFolders.contains(first) { return nil }
        if segments.count > 1 { return token.isOpen ? nil : .home }
        return first.contains(0x2E) && !token.endsInSlash ? .home : nil
    }

    // MARK: Variables

    mutating func readDollar(_ index: Int) -> Int {
        if byte(index - 1) == 0x24 || byte(index - 1) == 0x5C { return index + 1 }
        var start = index + 1
        let isBraced = byte(start) == 0x7B
        if isBraced { start += 1 }
        var isPowerShell = false
        if text.count - start > 4, byte(start) | 0x20 == 0x65,
            text[start..<(start + 4)].map(TextByte.lower).elementsEqual("env:".utf8)
                || text[start..<(start + 4)].elementsEqual("env.".utf8)
        {
            isPowerShell = true
            start += 4
        }
        var end = start
        while end < text.count, end - start < 64, TextByte.isWord(byte(end)) { end += 1 }
        guard end > start else { return start }
        var name = text[start..<end]
        if isPowerShell { name = name.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }[...] }
        if isBraced, byte(end) == 0x7D { end += 1 }
        return readVariable(index, name, end)
    }

    mutating func readPercent(_ index: Int) -> Int {
        if let next = readEncoded(index) { return next }
        var end = index + 1
        while end < text.count, end - index < 40,
            TextByte.isWord(byte(end)) || byte(end) == 0x28 || byte(end) == 0x29
        {
            end += 1
        }
        guard byte(end) == 0x25, end - index > 2 else { return index + 1 }
        let name = text[(index + 1)..<end].map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }
        return readVariable(index, name[...], end + 1)
    }

    /// A variable that ends at `end`.
    private mutating func readVariable(
        _ index: Int, _ name: ArraySlice<UInt8>, _ end: Int
    ) -> Int {
        let isHome = rules.homeVariables.contains(name)
        let isPlace = rules.placeVariables.contains(name)
        if isStrict {
            guard
                isHome || isPlace || rules.otherVariables.contains(name)
                    || rules.variableEnds.endsText(name)
            else { return end }
            let token = PathToken(text, at: end)
            report(.variable, index..<max(end, token.range.upperBound))
            return max(end, token.range.upperBound)
        }
        let separator = byte(end)
        guard isHome || isPlace, separator == 0x2F || separator == 0x5C else { return end }
        let token = PathToken(text, at: end, separator: separator)
        let below = max(end, token.range.upperBound)
        if isHome {
            if let kind = homeKind(token) { report(kind, index..<below) }
        } else if let first = token.segments.first, live.isConcrete(first),
            !rules.systemFolders.contains(first), !rules.placeholders.contains(first),
            rules.statePlaces.contains(name)
        {
            report(.variable, index..<below)
        }
        return below
    }
}
