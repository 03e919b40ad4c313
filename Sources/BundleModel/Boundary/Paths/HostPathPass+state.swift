/// Relative paths, and the parts of any path that name runtime state.
extension HostPathPass {
    mutating func readRelative(_ index: Int, in text: Span<UInt8>) -> Int {
        var start = index
        while start > floor, index - start < 256, !Self.endsName(text[start - 1]) { start -= 1 }
        let token = PathToken(text, at: start)
        let end = max(token.range.upperBound, index + 1)
        guard !isSite(token, in: text) else { return end }
        if let kind = relativeKind(token, in: text) { report(kind, token.range, in: text) }
        return end
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte == 0x3D || PathToken.ends(byte)
    }

    /// `example.com/x`: the name of a host, an image or a package.
    private mutating func isSite(_ token: PathToken, in text: Span<UInt8>) -> Bool {
        guard let range = token.segments.first else { return false }
        let first = text.extracting(range)
        if first[0] == 0x40 { return true }
        return first[0] != 0x2E && first.contains(0x2E)
    }

    private mutating func relativeKind(_ token: PathToken, in text: Span<UInt8>) -> HostPathKind? {
        let segments = token.segments
        guard let range = segments.last, segments.count > 1 else { return nil }
        if let kind = rules.kind(ofName: text.extracting(range)),
            !text.extracting(token.range).contains(0x2A)
        {
            return kind
        }
        return stateKind(segments, in: text)
    }

    /// Sockets by their place, and state by the directories above.
    mutating func stateKind(_ segments: PathSegments, in text: Span<UInt8>) -> HostPathKind? {
        guard segments.count > 1 else { return nil }
        if isSocket(segments, in: text) { return .socket }
        for number in 0..<segments.count - 1 {
            let segment = text.extracting(segments[number])
            let next = text.extracting(segments[number + 1])
            if rules.identified.contains(segment), Self.isIdentifier(next) { return .session }
            guard segment.count > 1, segment[0] == 0x2E else { continue }
            if rules.hiddenStates.contains(segment), rules.isConcrete(next) { return .session }
            guard number + 2 < segments.count,
                rules.isConcrete(text.extracting(segments[number + 2]))
            else { continue }
            if Self.isOfGit(segment) { continue }
            if rules.states.contains(next) { return .session }
            if isToolState(segments[number], segments[number + 1], in: text) { return .session }
        }
        return nil
    }

    private mutating func isToolState(
        _ segment: Range<Int>, _ next: Range<Int>, in text: Span<UInt8>
    ) -> Bool {
        let end = segment.upperBound
        if next.lowerBound == end + 1, text[end] == 0x2F {
            return rules.toolStates.contains(text.extracting(segment.lowerBound..<next.upperBound))
        }
        return rules.toolStates.contains(text.copy(segment) + [0x2F] + text.copy(next))
    }

    private mutating func isSocket(_ segments: PathSegments, in text: Span<UInt8>) -> Bool {
        guard segments.count > 2 else { return false }
        let last = text.extracting(segments[segments.count - 1])
        var end = 0
        while end < last.count, TextByte.isWord(last[end]) { end += 1 }
        return (end == last.count || last[end] >= 0x80)
            && rules.socketNames.contains(last.extracting(first: end))
            && rules.socketParents.contains(text.extracting(segments[segments.count - 3]))
            && rules.isConcrete(text.extracting(segments[segments.count - 2]))
    }

    /// Whether a name is a ULID or a UUID, with or without an ending.
    private static func isIdentifier(_ name: Span<UInt8>) -> Bool {
        let stem = name.extracting(first: name.firstIndex(of: 0x2E) ?? name.count)
        if stem.count == 26 {
            return stem.contains(where: TextByte.isDigit)
                && stem.allSatisfy { TextByte.isDigit($0) || ($0 >= 0x41 && $0 <= 0x5A) }
        }
        guard stem.count == 36 else { return false }
        var dashes = 0
        for index in stem.indices where stem[index] == 0x2D { dashes += 1 }
        return dashes == 4 && stem.allSatisfy { $0 == 0x2D || TextByte.hex($0) != nil }
    }

    private static func isOfGit(_ segment: Span<UInt8>) -> Bool {
        segment.has(".git", at: 0) || segment.equals("..") || segment.equals(".circleci")
    }

    // MARK: Whole values

    /// What a value of one word is as a whole.
    mutating func wholeKind(_ text: Span<UInt8>) -> HostPathKind? {
        if text.count < 256, let kind = rules.kind(ofName: text), !text.contains(0x2F),
            !text.contains(0x5C)
        {
            if kind == .socket, text.has(".sock", at: text.count - 5) { return .socket }
            if kind == .session, shape?.context.isProcess == true { return .session }
        }
        if text.count > 0, text.count < 34, text[0] == 0x7E {
            // A lone `~` is a sign as well, as in a table of keys: it counts where paths stand.
            let user = text.extracting(droppingFirst: 1)
            if user.allSatisfy({ TextByte.isWord($0) || $0 == 0x2D }),
                user.count == 0 || !TextByte.isDigit(user[0]),
                shape?.context.place(rules) == .host || rules.isPerson(user) && user.count > 2
            {
                return .home
            }
        }
        return isLocalAddress(text) ? .url : nil
    }

    /// `unix:path=/x`, `unix:@x`, `unix:abstract=x`.
    private mutating func isLocalAddress(_ text: Span<UInt8>) -> Bool {
        guard text.count > 0, text[0] | 0x20 == 0x75 else { return false }
        let head = text.copy(0..<min(24, text.count)).map(TextByte.lower)
        guard head.starts(with: "unix:".utf8) || head.starts(with: "unix-abstract:".utf8),
            let colon = head.firstIndex(of: 0x3A)
        else { return false }
        let rest = head[(colon + 1)...]
        if head.starts(with: "unix-abstract:".utf8) { return !rest.isEmpty }
        return rest.first == 0x40 || rules.addresses.starts(rest)
    }

    /// P1 for a key: an absolute path of a host that is no route.
    mutating func keyKind(_ text: Span<UInt8>) -> HostPathKind? {
        guard text.count > 0, text[0] == 0x2F else { return nil }
        let token = PathToken(text, at: 0)
        guard let first = token.segments.first, token.segments.count > 1,
            rules.singleRoots.contains(text.extracting(first)),
            shape?.context.isUnderRoute(rules) == false
        else { return nil }
        return rules.kind(of: token.segments, isOpen: false, in: text) == nil ? .absolute : nil
    }
}
