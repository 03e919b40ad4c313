/// Finds what describes one particular host: BOUNDARY's rules P1 to P4.
///
/// Values of structured files are held to P1 and P4: any absolute path of a host, home, variable,
/// drive, local URL, socket or runtime state, and any reference out of the bundle. Prose, code and
/// comments are held to P2: only what names one host's files or live state. A value that reads as
/// prose is prose. An absolute path whose first segment is no known directory of hosts is a host's
/// under keys and flags such as `cwd`, `--dir` or `volumes`, and a route of an API otherwise.
/// Linear in the text, also in a hostile one.
struct HostPathScan: Sendable {
    /// No match is longer, so windows over a text need to overlap by no more.
    static let reach = 2 * PathToken.longest

    /// Prose and keys hold no shorter match: `~/.x` has as many bytes.
    private static let shortestInProse = 4

    private let rules = HostPathRules.shared
    /// How many directories of the bundle a `..` may leave: those around a file whose references
    /// start at itself; none for Sheaf's own documents, whose references start at the bundle.
    let depth: Int

    init(depth: Int = 0) { self.depth = depth }

    /// The refusals in one value, key or comment of a structured file; offsets are into its text.
    func matches(in value: ScannedValue) -> [BoundaryMatch] {
        var facts = KeyMemory<KeyFacts>()
        return matches(in: value, &facts)
    }

    /// The same, with what is remembered of keys.
    func matches(
        in value: ScannedValue, _ facts: inout KeyMemory<KeyFacts>
    ) -> [BoundaryMatch] {
        if value.isAlias { return [] }
        let text = value.text
        if let decoded = value.base64Text {
            let inner = ScannedValue(
                keys: value.keys, text: decoded, style: .quoted, line: value.line,
                column: value.column, pairName: value.pairName)
            return matches(in: inner, &facts).prefix(1).map { $0.moved(to: 0) }
        }
        let isProse = value.style == .comment || value.style == .key
        guard value.style != .binary, !isProse || text.count >= Self.shortestInProse,
            !value.isPathless, Self.isWorthReading(text.span)
        else { return [] }
        if value.style == .comment { return matches(inProse: text.span) }
        return matches(
            in: text.span, value.style, keys: value.keys, pairName: value.pairName, &facts)
    }

    /// The refusals in the text of a value or key, as it stands.
    func matches(
        in text: Span<UInt8>, _ style: ScannedValue.Style, keys: [[UInt8]], pairName: [UInt8]?,
        _ facts: inout KeyMemory<KeyFacts>
    ) -> [BoundaryMatch] {
        let own = keys.last.map { self.facts(ofKey: $0.span, &facts) } ?? []
        let named = pairName.map { self.facts(ofKey: $0.span, &facts) } ?? []
        return matches(in: text, style, ValueContext(keys: keys, own: own, named: named))
    }

    /// What a key says of paths under it.
    func facts(ofKey key: Span<UInt8>, _ facts: inout KeyMemory<KeyFacts>) -> KeyFacts {
        facts.fact(of: key) { rules.facts(ofKey: $0) }
    }

    /// The refusals in the text of a value or key, as it stands.
    func matches(
        in text: Span<UInt8>, _ style: ScannedValue.Style, _ context: ValueContext
    ) -> [BoundaryMatch] {
        let shape = ValueShape(text, style, context, rules)
        var pass = HostPathPass(text, rules: rules, shape: shape, depth: depth)
        pass.readValue(text)
        return pass.found
    }

    /// The refusals in prose or code; offsets are into the text.
    func matches(inProse text: Span<UInt8>) -> [BoundaryMatch] {
        var pass = HostPathPass(text, rules: rules, shape: nil, depth: depth)
        pass.readText(text)
        return pass.found
    }

    /// Whether the text of a scalar holds no path that is refused as it stands, whatever its keys.
    static func isPathless(_ text: Span<UInt8>, _ style: ScannedValue.Style) -> Bool {
        switch style {
        case .comment, .key: text.count < shortestInProse || !isWorthReading(text)
        case .plain, .quoted, .block, .binary: !isWorthReading(text)
        }
    }

    /// Whether a value has any byte that every rule needs one of, or a file's ending.
    private static func isWorthReading(_ text: Span<UInt8>) -> Bool {
        var hasDot = false
        var hasVariable = false
        for index in text.indices {
            let byte = text[index]
            if byte == 0x24,
                !HostPathRules.shared.mayBeHosts(text.extracting(droppingFirst: index))
            {
                hasVariable = true
            } else if HostPathPass.isCandidate(byte) || byte == 0 {
                // Of one byte alone only `~` is a path.
                return text.count > 1 || byte == 0x7E
            } else if byte == 0x2E {
                hasDot = true
            }
        }
        if hasVariable, hasDot { return true }
        guard text.count > 1 else { return false }
        // unix:abstract=x
        if text[0] | 0x20 == 0x75, text.contains(0x3A) { return true }
        guard hasDot else { return false }
        // A file's ending: .sock, .pid; or `..` and nothing else, which may stand behind a name.
        switch text[text.count - 1] {
        case 0x6B, 0x64: return true
        case 0x2E:
            guard text[text.count - 2] == 0x2E else { return false }
            let before = text.count > 2 ? text[text.count - 3] : 0x3D
            return before == 0x3D || before == 0x3A
        default: return false
        }
    }
}
