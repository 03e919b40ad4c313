/// URLs: those of a host's own files and sockets are refused, others are passed over.
extension HostPathPass {
    /// Reads what stands around `:/`; nil when it is no URL and no drive.
    mutating func readColonSlash(_ index: Int) -> Int? {
        var start = index - 1
        let lowest = max(floor, index - 32)
        while start > lowest, Self.isOfScheme(byte(start - 1)) { start -= 1 }
        while start < index - 1, !TextByte.isLetter(byte(start)) { start += 1 }
        let scheme = text[start..<(index - 1)].map(TextByte.lower)[...]
        if scheme.count == 1, byte(index + 1) != 0x2F {
            return isDrive(index) ? readDrive(index) : nil
        }
        let isUrl = byte(index + 1) == 0x2F && !scheme.isEmpty
        let known = knownScheme(scheme)
        guard isUrl || known != nil else { return nil }
        let end = urlEnd(index)
        if rules.editors.contains(scheme) {
            if isUrl, editorHome(index, end) { report(.url, start..<end) }
        } else if let known, let kind = urlKind(known, index, end) {
            report(kind, start..<end)
        }
        return end
    }

    private static func isOfScheme(_ byte: UInt8) -> Bool {
        TextByte.isWord(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E || byte == 0x3A
    }

    /// The longest known scheme that the text ends in: `jdbc:sqlite` before `sqlite`.
    private func knownScheme(_ scheme: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var candidate = scheme
        while !candidate.isEmpty {
            if rules.urlSchemes.contains(candidate) { return candidate }
            guard let colon = candidate.firstIndex(of: 0x3A) else { return nil }
            candidate = candidate[(colon + 1)...]
        }
        return nil
    }

    private func urlEnd(_ index: Int) -> Int {
        var end = index
        while end < text.count, !Self.endsUrl(byte(end)) { end += 1 }
        return max(end, index + 1)
    }

    private static func endsUrl(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, 0x22, 0x27, 0x29, 0x2C, 0x3B, 0x3C, 0x3E, 0x5C, 0x5D, 0x60, 0x7C: true
        default: false
        }
    }

    /// Decides on a local URL; its path starts behind the slashes at `index`.
    private func urlKind(
        _ scheme: ArraySlice<UInt8>, _ index: Int, _ end: Int
    ) -> HostPathKind? {
        let url = PercentText.decoded(text[index..<min(end, index + PathToken.longest)])
        let slashes = url.prefix { $0 == 0x2F }.count
        guard slashes < url.count || byte(end) == 0x5C else { return nil }
        let segments = PathToken(url, at: 0).segments
        let isRemote = rules.remoteShares.contains(scheme)
        // `file://host/path`: the host is not part of the path.
        let path = slashes == 2 && segments.count > 1 ? segments.dropFirst() : segments[...]
        let kind =
            live.kind(of: path, isOpen: false)
            ?? live.kind(of: segments[...], isOpen: false)
        if isStrict {
            if isRemote { return segments.count > 1 ? .url : nil }
            if rules.weakSchemes.contains(scheme) {
                let isRooted = segments.first.map(rules.roots.contains) == true
                return slashes > 3 || isRooted || kind != nil ? .url : nil
            }
            return .url
        }
        if isRemote { return nil }
        let isPipe = scheme.elementsEqual("npipe".utf8) && segments.count > 2
        return kind == nil && !isPipe ? nil : .url
    }

    /// Whether an editor's URL leads below a home.
    private func editorHome(_ index: Int, _ end: Int) -> Bool {
        let url = PercentText.decoded(text[index..<min(end, index + PathToken.longest)])
        let segments = PathToken(url.map { $0 == 0x3A ? 0x2F : $0 }, at: 0).segments
        for start in segments.indices {
            if let kind = live.kind(of: segments[start...], isOpen: false), kind != .mount {
                return true
            }
        }
        return false
    }
}
