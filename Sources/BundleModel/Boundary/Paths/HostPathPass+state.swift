/// Relative paths, and the parts of any path that name runtime state.
extension HostPathPass {
    mutating func readRelative(_ index: Int) -> Int {
        var start = index
        while start > floor, index - start < 256, !Self.endsName(byte(start - 1)) { start -= 1 }
        let token = PathToken(text, at: start)
        let end = max(token.range.upperBound, index + 1)
        guard !isSite(token) else { return end }
        if let kind = relativeKind(token) { report(kind, token.range) }
        return end
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte == 0x3D || PathToken.ends(byte)
    }

    /// `example.com/x`: the name of a host, an image or a package.
    private func isSite(_ token: PathToken) -> Bool {
        guard let first = token.segments.first, first.first != 0x2E, first.first != 0x40 else {
            return token.segments.first?.first == 0x40
        }
        return first.contains(0x2E)
    }

    private func relativeKind(_ token: PathToken) -> HostPathKind? {
        let segments = token.segments
        guard let last = segments.last, segments.count > 1 else { return nil }
        if !text[token.range].contains(0x2A), let kind = live.kind(ofName: last) {
            let dot = last.lastIndex(of: 0x2E) ?? last.startIndex
            if dot > last.startIndex { return kind }
        }
        return stateKind(segments)
    }

    /// Sockets by their place, and state by the directories above.
    func stateKind(_ segments: [ArraySlice<UInt8>]) -> HostPathKind? {
        guard segments.count > 1 else { return nil }
        if segments.count > 2, let last = segments.last {
            let name = last.prefix(while: TextByte.isWord)
            let parent = segments[segments.count - 3]
            if rules.socketNames.contains(name), rules.socketParents.contains(parent),
                name.count == last.count || last[name.endIndex] >= 0x80,
                live.isConcrete(segments[segments.count - 2])
            {
                return .socket
            }
        }
        for index in segments.indices.dropLast() {
            let segment = segments[index]
            if rules.identified.contains(segment), Self.isIdentifier(segments[index + 1]) {
                return .session
            }
            guard segment.first == 0x2E, segment.count > 1 else { continue }
            if rules.hiddenStates.contains(segment), live.isConcrete(segments[index + 1]) {
                return .session
            }
            guard index + 2 < segments.count, live.isConcrete(segments[index + 2]) else { continue }
            if Self.isOfGit(segment) { continue }
            if rules.states.contains(segments[index + 1]) { return .session }
            if rules.toolStates.contains(segment + [0x2F] + segments[index + 1]) {
                return .session
            }
        }
        return nil
    }

    /// Whether a name is a ULID or a UUID, with or without an ending.
    private static func isIdentifier(_ name: ArraySlice<UInt8>) -> Bool {
        let stem = name.prefix { $0 != 0x2E }
        if stem.count == 26 {
            return stem.contains(where: TextByte.isDigit)
                && stem.allSatisfy { TextByte.isDigit($0) || ($0 >= 0x41 && $0 <= 0x5A) }
        }
        return stem.count == 36 && stem.count { $0 == 0x2D } == 4
            && stem.allSatisfy { $0 == 0x2D || TextByte.hex($0) != nil }
    }

    private static func isOfGit(_ segment: ArraySlice<UInt8>) -> Bool {
        segment.starts(with: ".git".utf8) || segment.elementsEqual("..".utf8)
            || segment.elementsEqual(".circleci".utf8)
    }

    // MARK: Whole values

    /// What a value of one word is as a whole.
    func wholeKind(_ shape: ValueShape) -> HostPathKind? {
        if !text.contains(0x2F), !text.contains(0x5C), text.count < 256,
            let kind = live.kind(ofName: text[...])
        {
            if kind == .socket, text.suffix(5).elementsEqual(".sock".utf8) { return .socket }
            if kind == .session, shape.context.isProcess { return .session }
        }
        if text.first == 0x7E, text.count < 34 {
            // A lone `~` is a sign as well, as in a table of keys: it counts where paths stand.
            let user = text.dropFirst()
            if user.allSatisfy({ TextByte.isWord($0) || $0 == 0x2D }),
                user.first.map(TextByte.isDigit) != true,
                shape.context.place == .host || live.isPerson(user) && user.count > 2
            {
                return .home
            }
        }
        return isLocalAddress ? .url : nil
    }

    /// `unix:path=/x`, `unix:@x`, `unix:abstract=x`.
    private var isLocalAddress: Bool {
        guard let first = text.first, first | 0x20 == 0x75 else { return false }
        let head = text.prefix(24).map(TextByte.lower)
        guard head.starts(with: "unix:".utf8) || head.starts(with: "unix-abstract:".utf8),
            let colon = head.firstIndex(of: 0x3A)
        else { return false }
        let rest = head[(colon + 1)...]
        if head.starts(with: "unix-abstract:".utf8) { return !rest.isEmpty }
        return rest.first == 0x40 || rules.addresses.starts(rest)
    }

    /// P1 for a key: an absolute path of a host that is no route.
    func keyKind(_ shape: ValueShape) -> HostPathKind? {
        guard text.first == 0x2F else { return nil }
        let token = PathToken(text, at: 0)
        guard let first = token.segments.first, token.segments.count > 1 else { return nil }
        return rules.singleRoots.contains(first) && !shape.context.isUnderRoute
            && live.kind(of: token.segments[...], isOpen: false) == nil
            ? .absolute : nil
    }
}
