/// Paths with slashes: absolute ones, and relative ones that name runtime state.
extension HostPathPass {
    mutating func readSlash(_ index: Int, in text: Span<UInt8>) -> Int {
        if byte(index - 1, in: text) == 0x3A, let next = readColonSlash(index, in: text) {
            return next
        }
        return isStart(index, in: text)
            ? readAbsolute(index, in: text) : readRelative(index, in: text)
    }

    private mutating func readAbsolute(_ index: Int, in text: Span<UInt8>) -> Int {
        let token = PathToken(text, at: index)
        let end = max(token.range.upperBound, index + 1)
        let isDoubled = byte(index + 1, in: text) == 0x2F
        if isDoubled, let first = token.segments.first {
            // A network name without a scheme, or a path in disguise.
            if text.extracting(first).equals("."), token.segments.count > 2 {
                report(.socket, token.range, in: text)
                return end
            }
        }
        guard let kind = absoluteKind(token, index, isDoubled: isDoubled, in: text) else {
            return end
        }
        report(kind, token.range, in: text)
        return end
    }

    /// Whether a link of Markdown leads to a page of a site: `[home](/home/start)`. A socket, and a
    /// file further down in a home, is one host's wherever it stands.
    private mutating func isLink(
        _ kind: HostPathKind, _ index: Int, _ token: PathToken, in text: Span<UInt8>
    ) -> Bool {
        guard byte(index - 1, in: text) == 0x28, byte(index - 2, in: text) == 0x5D,
            token.next == 0x29,
            token.segments.count <= 2
        else { return false }
        switch kind {
        case .home, .temporary, .mount: return true
        default: return false
        }
    }

    private mutating func absoluteKind(
        _ token: PathToken, _ index: Int, isDoubled: Bool, in text: Span<UInt8>
    ) -> HostPathKind? {
        let segments = token.segments
        guard let range = segments.first else { return nil }
        let first = text.extracting(range)
        // `//x` may be an XPath or a URL without its scheme; a few roots of hosts are neither.
        if isDoubled, rules.sites.contains(first), !first.equals("home") { return nil }
        let kind =
            rules.kind(of: segments, isOpen: token.isOpen, in: text) ?? stateKind(
                segments, in: text)
            ?? (makesPipe(before: index, in: text) ? .socket : nil)
        if let kind {
            if isRoute(kind, index, token, in: text) || isLink(kind, index, token, in: text) {
                return nil
            }
            if kind == .temporary, !isStrict {
                if isScratch(token, index, in: text) {
                    if scratch.count < 16 { scratch.insert(text.copy(segments[1])) }
                    return nil
                }
                if segments.count == 2, scratch.contains(text.copy(segments[1])) { return nil }
            }
            return kind
        }
        guard isStrict, !isDoubled else { return nil }
        return strictKind(token, index, in: text)
    }

    /// P1: an absolute path in a value.
    private mutating func strictKind(
        _ token: PathToken, _ index: Int, in text: Span<UInt8>
    ) -> HostPathKind? {
        guard let isOneWord = shape?.isOneWord, let range = token.segments.first,
            !isBehindLetter(index, in: text), !isOfPermission(token, index, in: text)
        else { return nil }
        let first = text.extracting(range)
        let isOnly = token.segments.count == 1 && !token.isOpen
        if !isOneWord, rules.everyHost.contains(text.extracting(token.range)) { return nil }
        if hasVerb(before: index, in: text) { return nil }
        if isMounted(index, in: text) { return .absolute }
        let place =
            flagPlace(before: index, in: text) ?? shape?.context.place(rules) ?? .unknown
        if rules.roots.contains(first) {
            switch place {
            case .route: return nil
            case .host: return .absolute
            case .likelyRoute, .unknown:
                if !isOnly { return .absolute }
                return rules.singleRoots.contains(first) && place == .unknown ? .absolute : nil
            }
        }
        if place == .host, !isApi(first) {
            let isCommand = isOnly && !rules.containerRoots.contains(first)
            return isCommand && shape?.context.isCommand == true ? nil : .absolute
        }
        let isKnown = rules.containerRoots.contains(first)
        return isKnown && !isOnly && place == .unknown && endsInFile(token, in: text)
            ? .absolute : nil
    }

    /// Whether a letter beyond ASCII stands before, as in a relative path of Japanese names, or in
    /// a sentence without blanks.
    private mutating func isBehindLetter(_ index: Int, in text: Span<UInt8>) -> Bool {
        var start = index
        while start > 0, index - start < 4, text[start - 1] & 0xC0 == 0x80 { start -= 1 }
        guard start < index, start > 0, text[start - 1] >= 0xC0 else { return false }
        let before = String(decoding: text.copy((start - 1)..<index), as: UTF8.self)
        return before.last?.isLetter == true
    }

    /// Whether it is the glob of a permission: `Read(/etc/**)`.
    mutating func isOfPermission(_ token: PathToken, _ index: Int, in text: Span<UInt8>) -> Bool {
        index > 1 && text[index - 1] == 0x28 && TextByte.isLetter(text[index - 2])
            && token.next == 0x29 && text.extracting(token.range).contains(0x2A)
    }

    private mutating func isApi(_ segment: Span<UInt8>) -> Bool {
        if segment.count > 1, segment.count < 4, segment[0] == 0x76 {
            return segment.extracting(droppingFirst: 1).allSatisfy(TextByte.isDigit)
        }
        return rules.apis.contains(segment)
    }

    /// A file with an ending that is no page of a site.
    private mutating func endsInFile(_ token: PathToken, in text: Span<UInt8>) -> Bool {
        guard let range = token.segments.last else { return false }
        let last = text.extracting(range)
        guard let dot = last.lastIndex(of: 0x2E), dot > 0 else { return false }
        return !rules.pages.contains(last.extracting((dot + 1)..<last.count))
    }

    // MARK: Around a path

    /// Whether what looks like live state is a route of an API after all.
    private mutating func isRoute(
        _ kind: HostPathKind, _ index: Int, _ token: PathToken, in text: Span<UInt8>
    ) -> Bool {
        if kind == .socket { return false }
        if hasVerb(before: index, in: text) || hasVerb(behind: token.range.upperBound, in: text) {
            return true
        }
        guard let first = token.segments.first, let isKey = shape?.isKey,
            shape?.context.place(rules) == .route
                || isKey && shape?.context.isUnderRoute(rules) == true
        else { return false }
        return rules.sites.contains(text.extracting(first))
    }

    /// What may stand between a verb and its route: blanks, quotes and the lines of a table.
    private static func isBetween(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x22, 0x27, 0x28, 0x2A, 0x3A, 0x60, 0x7C: true
        default: false
        }
    }

    private mutating func hasVerb(before index: Int, in text: Span<UInt8>) -> Bool {
        var end = index
        while end > 0, end > index - 4, Self.isBetween(text[end - 1]) { end -= 1 }
        guard end < index else { return false }
        var start = end
        while start > 0, end - start < 9, TextByte.isLetter(text[start - 1]) { start -= 1 }
        return rules.verbs.contains(text.extracting(start..<end))
    }

    /// `| /media/home | GET |`
    private mutating func hasVerb(behind index: Int, in text: Span<UInt8>) -> Bool {
        var start = index
        while start < text.count, start < index + 16, Self.isBetween(text[start]) {
            start += 1
        }
        guard start > index else { return false }
        var end = start
        while end < text.count, end - start < 9, text[end] >= 0x41, text[end] <= 0x5A { end += 1 }
        return end > start && rules.verbs.contains(text.extracting(start..<end))
    }

    /// One file without a number in /tmp that a command of the text itself writes.
    private mutating func isScratch(_ token: PathToken, _ index: Int, in text: Span<UInt8>) -> Bool
    {
        guard token.segments.count == 2, text.extracting(token.segments[0]).equals("tmp") else {
            return false
        }
        let name = text.extracting(token.segments[1])
        if HostPathRules.isOpenEnded(name) { return true }
        guard let dot = name.firstIndex(of: 0x2E),
            rules.scratch.contains(name.extracting((dot + 1)..<name.count)),
            !name.extracting(first: dot).contains(where: TextByte.isDigit)
        else { return false }
        return rules.writers.endsText(text.extracting(max(0, index - 12)..<index))
    }

    /// Whether the word before is a command that makes pipes.
    private mutating func makesPipe(before index: Int, in text: Span<UInt8>) -> Bool {
        guard byte(index - 1, in: text) == 0x20 else { return false }
        var start = index - 1
        while start > 0, index - start < 12, TextByte.isLetter(text[start - 1]) { start -= 1 }
        return rules.pipeMakers.contains(text.extracting(start..<(index - 1)))
    }

    /// Whether the path belongs to a flag that mounts: `-v /a:/b`, or to `type=bind,…`.
    private mutating func isMounted(_ index: Int, in text: Span<UInt8>) -> Bool {
        if isBindMount { return true }
        var end = index
        while end > 0, index - end < 512, !TextByte.isSpace(text[end - 1]), text[end - 1] != 0x3D {
            end -= 1
            // The same word again.
            if mountWord.contains(end) { end = mountWord.lowerBound }
        }
        mountWord = end..<index
        guard end > 1, index - end <= 512 else { return false }
        let flag = text.extracting(max(0, end - 13)..<(end - 1))
        let start = flag.lastIndex(where: TextByte.isSpace).map { $0 + 1 } ?? 0
        return rules.mountFlags.contains(flag.extracting(start..<flag.count))
    }

    /// What the name in front of `=`, or the flag in front of a blank, says.
    private mutating func flagPlace(before index: Int, in text: Span<UInt8>) -> ValueContext.Place?
    {
        let before = byte(index - 1, in: text)
        guard before == 0x3D || before == 0x20 else { return nil }
        var start = index - 1
        while start > 0, index - start < 40,
            TextByte.isWord(text[start - 1]) || text[start - 1] == 0x2D
        {
            start -= 1
        }
        let name = text.extracting(start..<(index - 1))
        guard before == 0x3D || name.has("--", at: 0) else { return nil }
        return rules.facts(ofKey: name).place
    }
}
