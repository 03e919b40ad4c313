/// Tells which absolute paths identify one host or its live state, wherever they stand.
extension HostPathRules {
    /// The rule that refuses a path by its segments; nil for paths that any host may have.
    func kind(
        of segments: PathSegments, isOpen: Bool, in text: Span<UInt8>
    ) -> HostPathKind? {
        guard let first = segments.first else { return nil }
        if let last = segments.last, segments.count > 1,
            let kind = kind(ofName: text.extracting(last))
        {
            return kind
        }
        return layer(segments, in: text)
            ?? place(text.extracting(first), segments.dropFirst(), isOpen, in: text)
    }

    /// Sockets and process ids, by the ending of the file's name.
    func kind(ofName name: Span<UInt8>) -> HostPathKind? {
        guard let dot = name.lastIndex(of: 0x2E), dot > 0 else { return nil }
        // Letters only: what follows in a text without blanks is not the ending's.
        var end = dot + 1
        while end < name.count, TextByte.isWord(name[end]) { end += 1 }
        if end < name.count, name[end] < 0x80 { return nil }
        let ending = name.extracting((dot + 1)..<end)
        let kind: HostPathKind? =
            socketEndings.contains(ending) ? .socket : ending.equals("pid") ? .session : nil
        return Self.isOpenEnded(name) ? nil : kind
    }

    /// The directories that are told apart below.
    private static let places = WordSet([
        "home", "Users", "root", "tmp", "run", "mnt", "Volumes", "cygdrive", "media", "proc",
        "dev", "var", "private", "Library",
    ])

    /// The same by their numbers in ``places``.
    private enum Place: Int {
        case home, users, root, tmp, run, mnt, volumes, cygdrive, media, proc
        case dev, variable, `private`, library
    }

    private func place(
        _ first: Span<UInt8>, _ rest: PathSegments, _ isOpen: Bool, in text: Span<UInt8>
    ) -> HostPathKind? {
        // Each of them says something of what is below it.
        guard let range = rest.first else { return nil }
        let second = text.extracting(range)
        // A letter alone is how some write a drive.
        if first.count == 1 {
            return second.equals("Users") && rest.count > 1 ? .windows : nil
        }
        guard let place = Self.places.number(of: first) else { return nil }
        switch Place(rawValue: place) {
        case .home, .users:
            // `/home/index.html` is a page of a site.
            let isPage = rest.count == 1 && second.contains(0x2E)
            return isPerson(second) && !isPage ? .home : nil
        case .root: return isConcrete(second) ? .home : nil
        case .tmp, .run: return isConcrete(second) ? .temporary : nil
        case .mnt, .volumes, .cygdrive: return isConcrete(second) ? .mount : nil
        case .media: return rest.count > 1 && isConcrete(second) ? .mount : nil
        case .proc: return isProcess(second) ? .temporary : nil
        case .dev: return rest.count > 1 && second.equals("shm") ? .temporary : nil
        case .variable: return variable(rest, in: text)
        case .private: return self.place(second, rest.dropFirst(), isOpen, in: text)
        case .library: return second.equals("Caches") && rest.count > 1 ? .cache : nil
        case nil: return nil
        }
    }

    private func variable(_ rest: PathSegments, in text: Span<UInt8>) -> HostPathKind? {
        guard rest.count > 1 else { return nil }
        let second = text.extracting(rest[0])
        let third = text.extracting(rest[1])
        if second.equals("tmp") || second.equals("run") || second.equals("folders") {
            return isConcrete(third) ? .temporary : nil
        }
        if second.equals("cache") {
            return isConcrete(third) && !systemCaches.contains(third) ? .cache : nil
        }
        if second.equals("lib") || second.equals("opt") {
            guard rest.count > 2 else { return nil }
            for number in 2..<rest.count
            where stateful.contains(text.extracting(rest[number])) { return .session }
            return nil
        }
        guard second.equals("log") else { return nil }
        return isInstance(text.extracting(rest[rest.count - 1])) ? .temporary : nil
    }

    /// Layers of containers and runtimes' own mounts, with something below.
    private func layer(_ segments: PathSegments, in text: Span<UInt8>) -> HostPathKind? {
        var isHidden = false
        for number in 0..<segments.count - 1 {
            let segment = text.extracting(segments[number])
            if layers.contains(segment) { return .mount }
            isHidden = isHidden || hiddenStates.contains(segment)
        }
        return isHidden ? .session : nil
    }

    /// Whether a segment is one person's name, not a placeholder.
    func isPerson(_ segment: Span<UInt8>) -> Bool {
        guard segment.count > 0, isConcrete(segment) else { return false }
        let first = segment[0]
        guard TextByte.isLetter(first) || first == 0x5F || first >= 0x80 else { return false }
        return !placeholders.contains(segment)
    }

    /// Whether a segment names something, and is no template, glob or elision.
    func isConcrete(_ segment: Span<UInt8>) -> Bool {
        guard segment.count > 0 else { return false }
        let first = segment[0]
        if segment.allSatisfy({ $0 == 0x2E || $0 == 0x2A || $0 == 0x58 }) { return false }
        return first != 0x25 && first != 0x2A && first != 0x40 && !segment.has("…", at: 0)
    }

    /// Whether a name ends in a template's letters or is a glob: `build.XXXXXX`, `*.sock`.
    static func isOpenEnded(_ name: Span<UInt8>) -> Bool {
        name.contains(0x2A) || name.contains(0x3F) || name.has("XXX", at: name.count - 3)
    }

    private func isProcess(_ segment: Span<UInt8>) -> Bool {
        segment.equals("self") || segment.equals("thread-self")
            || segment.allSatisfy(TextByte.isDigit)
    }

    /// Whether a file's name has the number or id of one running thing: `runtime-7.log`.
    private func isInstance(_ name: Span<UInt8>) -> Bool {
        let stem = name.extracting(first: name.firstIndex(of: 0x2E) ?? name.count)
        guard let dash = stem.lastIndex(where: { $0 == 0x2D || $0 == 0x5F }) else { return false }
        let id = stem.extracting((dash + 1)..<stem.count)
        return id.contains(where: TextByte.isDigit) && id.allSatisfy { TextByte.hex($0) != nil }
    }
}
