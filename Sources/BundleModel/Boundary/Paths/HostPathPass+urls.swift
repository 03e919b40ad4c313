/// URLs: those of a host's own files and sockets are refused, others are passed over.
extension HostPathPass {
    /// Reads what stands around `:/`; nil when it is no URL and no drive.
    mutating func readColonSlash(_ index: Int, in text: Span<UInt8>) -> Int? {
        var start = index - 1
        let lowest = max(floor, index - 32)
        while start > lowest, Self.isOfScheme(text[start - 1]) { start -= 1 }
        while start < index - 1, !TextByte.isLetter(text[start]) { start += 1 }
        let isDoubled = byte(index + 1, in: text) == 0x2F
        if index - 1 - start == 1, !isDoubled {
            return isDrive(index, in: text) ? readDrive(index, in: text) : nil
        }
        let lower = text.copy(start..<(index - 1)).map(TextByte.lower)
        let scheme = lower.span
        let isUrl = isDoubled && scheme.count > 0
        let known = knownScheme(scheme)
        guard isUrl || known != nil else { return nil }
        let end = urlEnd(index, in: text)
        if rules.editors.contains(scheme) {
            if isUrl, editorHome(index, end, in: text) { report(.url, start..<end, in: text) }
        } else if let known,
            let kind = urlKind(scheme.extracting(known..<scheme.count), index, end, in: text)
        {
            report(kind, start..<end, in: text)
        }
        return end
    }

    private static func isOfScheme(_ byte: UInt8) -> Bool {
        TextByte.isWord(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E || byte == 0x3A
    }

    /// Where the longest known scheme starts that a text ends in: `jdbc:sqlite` before `sqlite`.
    private mutating func knownScheme(_ scheme: Span<UInt8>) -> Int? {
        var start = 0
        while start < scheme.count {
            let candidate = scheme.extracting(start..<scheme.count)
            if rules.urlSchemes.contains(candidate) { return start }
            guard let colon = candidate.firstIndex(of: 0x3A) else { return nil }
            start += colon + 1
        }
        return nil
    }

    private mutating func urlEnd(_ index: Int, in text: Span<UInt8>) -> Int {
        var end = index
        while end < text.count, !Self.endsUrl(text[end]) { end += 1 }
        return max(end, index + 1)
    }

    private static func endsUrl(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, 0x22, 0x27, 0x29, 0x2C, 0x3B, 0x3C, 0x3E, 0x5C, 0x5D, 0x60, 0x7C: true
        default: false
        }
    }

    /// Decides on a local URL; its path starts behind the slashes at `index`.
    private mutating func urlKind(
        _ scheme: Span<UInt8>, _ index: Int, _ end: Int, in text: Span<UInt8>
    ) -> HostPathKind? {
        let decoded = PercentText.decoded(
            text.extracting(index..<min(end, index + PathToken.longest)))
        let slashes = decoded.prefix { $0 == 0x2F }.count
        guard slashes < decoded.count || byte(end, in: text) == 0x5C else { return nil }
        let url = decoded.span
        let segments = PathToken(url, at: 0).segments
        let isRemote = rules.remoteShares.contains(scheme)
        // `file://host/path`: the host is not part of the path.
        let path = slashes == 2 && segments.count > 1 ? segments.dropFirst() : segments
        let kind =
            rules.kind(of: path, isOpen: false, in: url)
            ?? rules.kind(of: segments, isOpen: false, in: url)
        if isStrict {
            if isRemote { return segments.count > 1 ? .url : nil }
            if rules.weakSchemes.contains(scheme) {
                let isRooted =
                    segments.first.map { rules.roots.contains(url.extracting($0)) } == true
                return slashes > 3 || isRooted || kind != nil ? .url : nil
            }
            return .url
        }
        if isRemote { return nil }
        let isPipe = scheme.equals("npipe") && segments.count > 2
        return kind == nil && !isPipe ? nil : .url
    }

    /// Whether an editor's URL leads below a home.
    private mutating func editorHome(_ index: Int, _ end: Int, in text: Span<UInt8>) -> Bool {
        let decoded = PercentText.decoded(
            text.extracting(index..<min(end, index + PathToken.longest))
        ).map { $0 == 0x3A ? 0x2F : $0 }
        let url = decoded.span
        let segments = PathToken(url, at: 0).segments
        for start in 0..<segments.count {
            if let kind = rules.kind(of: segments.dropFirst(start), isOpen: false, in: url),
                kind != .mount
            {
                return true
            }
        }
        return false
    }
}
