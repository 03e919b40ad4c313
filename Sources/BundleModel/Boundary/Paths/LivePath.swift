/// Tells which absolute paths identify one host or its live state, wherever they stand.
struct LivePath {
    let rules: HostPathRules

    /// The rule that refuses a path by its segments; nil for paths that any host may have.
    func kind(of segments: ArraySlice<ArraySlice<UInt8>>, isOpen: Bool) -> HostPathKind? {
        guard let first = segments.first else { return nil }
        if let last = segments.last, segments.count > 1, let kind = kind(ofName: last) {
            return kind
        }
        return layer(segments) ?? place(first, segments.dropFirst(), isOpen)
    }

    /// Sockets and process ids, by the ending of the file's name.
    func kind(ofName name: ArraySlice<UInt8>) -> HostPathKind? {
        guard let dot = name.lastIndex(of: 0x2E), dot > name.startIndex, !Self.isOpenEnded(name)
        else { return nil }
        // Letters only: what follows in a text without blanks is not the ending's.
        let rest = name[(dot + 1)...]
        let ending = rest.prefix(while: TextByte.isWord)
        if ending.count < rest.count, rest[ending.endIndex] < 0x80 { return nil }
        if rules.socketEndings.contains(ending) { return .socket }
        return ending.elementsEqual("pid".utf8) ? .session : nil
    }

    /// The directories that are told apart below.
    private static let places = WordSet([
        "home", "Users", "root", "tmp", "run", "mnt", "Volumes", "cygdrive", "media", "proc",
        "dev", "var", "private", "Library",
    ])

    private func place(
        _ first: ArraySlice<UInt8>, _ rest: ArraySlice<ArraySlice<UInt8>>, _ isOpen: Bool
    ) -> HostPathKind? {
        let second = rest.first
        // A letter alone is how some write a drive.
        if first.count == 1 {
            let isDrive = second?.elementsEqual("Users".utf8) == true && rest.count > 1
            return isDrive ? .windows : nil
        }
        guard Self.places.contains(first) else { return nil }
        switch String(decoding: first, as: UTF8.self) {
        case "home", "Users":
            // `/home/index.html` is a page of a site.
            let isPage = rest.count == 1 && second?.contains(0x2E) == true
            return isPerson(second) && !isPage ? .home : nil
        case "root": return isConcrete(second) ? .home : nil
        case "tmp", "run": return isConcrete(second) ? .temporary : nil
        case "mnt", "Volumes", "cygdrive": return isConcrete(second) ? .mount : nil
        case "media": return rest.count > 1 && isConcrete(second) ? .mount : nil
        case "proc": return second.map(isProcess) == true ? .temporary : nil
        case "dev":
            guard let second, rest.count > 1 else { return nil }
            return second.elementsEqual("shm".utf8) ? .temporary : nil
        case "var": return variable(rest)
        case "private":
            guard let second else { return nil }
            return place(second, rest.dropFirst(), isOpen)
        case "Library":
            return second?.elementsEqual("Caches".utf8) == true && rest.count > 1 ? .cache : nil
        default: return nil
        }
    }

    private func variable(_ rest: ArraySlice<ArraySlice<UInt8>>) -> HostPathKind? {
        guard rest.count > 1, let second = rest.first else { return nil }
        let third = rest.dropFirst().first
        switch String(decoding: second, as: UTF8.self) {
        case "tmp", "run", "folders": return isConcrete(third) ? .temporary : nil
        case "cache":
            guard let third, isConcrete(third) else { return nil }
            return rules.systemCaches.contains(third) ? nil : .cache
        case "lib", "opt":
            let isState = rest.dropFirst(2).contains(where: rules.stateful.contains)
            return isState && rest.count > 2 ? .session : nil
        case "log":
            return rest.last.map(isInstance) == true ? .temporary : nil
        default: return nil
        }
    }

    /// Layers of containers and runtimes' own mounts, with something below.
    private func layer(_ segments: ArraySlice<ArraySlice<UInt8>>) -> HostPathKind? {
        let below = segments.dropLast()
        if below.contains(where: rules.layers.contains) { return .mount }
        return below.contains(where: rules.hiddenStates.contains) ? .session : nil
    }

    /// Whether a segment is one person's name, not a placeholder.
    func isPerson(_ segment: ArraySlice<UInt8>?) -> Bool {
        guard let segment, let first = segment.first, isConcrete(segment) else { return false }
        guard TextByte.isLetter(first) || first == 0x5F || first >= 0x80 else { return false }
        return !rules.placeholders.contains(segment)
    }

    /// Whether a segment names something, and is no template, glob or elision.
    func isConcrete(_ segment: ArraySlice<UInt8>?) -> Bool {
        guard let segment, let first = segment.first else { return false }
        if segment.allSatisfy({ $0 == 0x2E || $0 == 0x2A || $0 == 0x58 }) { return false }
        return first != 0x25 && first != 0x2A && first != 0x40 && !segment.starts(with: "…".utf8)
    }

    /// Whether a name ends in a template's letters or is a glob: `build.XXXXXX`, `*.sock`.
    static func isOpenEnded(_ name: ArraySlice<UInt8>) -> Bool {
        name.contains(0x2A) || name.contains(0x3F) || name.suffix(3).elementsEqual("XXX".utf8)
    }

    private func isProcess(_ segment: ArraySlice<UInt8>) -> Bool {
        segment.elementsEqual("self".utf8) || segment.elementsEqual("thread-self".utf8)
            || segment.allSatisfy(TextByte.isDigit)
    }

    /// Whether a file's name has the number or id of one running thing: `runtime-7.log`.
    private func isInstance(_ name: ArraySlice<UInt8>) -> Bool {
        let stem = name.prefix { $0 != 0x2E }
        guard let dash = stem.lastIndex(where: { $0 == 0x2D || $0 == 0x5F }) else { return false }
        let id = stem[(dash + 1)...]
        return id.contains(where: TextByte.isDigit) && id.allSatisfy { TextByte.hex($0) != nil }
    }
}
