/// Reads the front matter of a Markdown file: YAML between lines of `---`, TOML between lines of
/// `+++`, or JSON from `{` in the first line on.
///
/// What opens like front matter and does not close within ``longest`` bytes is read as such all
/// the same; what does not close before the end of the file is prose.
struct FrontMatterReader {
    static let longest = 256 * 1024

    private enum State {
        case start
        case open(kind: TextKind, end: UInt8)
        /// JSON, or YAML whose end is too far away to wait for.
        case running(TreeValueReader)
        case over
    }

    private var state = State.start
    private var searched = 0

    var isOver: Bool {
        if case .over = state { true } else { false }
    }

    /// Reads as far as the bytes decide, and tells how many were used.
    mutating func read(
        _ bytes: [UInt8], _ isLast: Bool, _ report: ValueSink.Report
    ) -> Int {
        if case .start = state { start(bytes, isLast) }
        switch state {
        case .start: return isLast ? bytes.count : 0
        case .over: return bytes.count
        case .open(let kind, let end): return search(bytes, kind, end, isLast, report)
        case .running(var tree):
            let used = tree.read(bytes, isLast, report)
            state = tree.isOver ? .over : .running(tree)
            return tree.isOver ? bytes.count : used
        }
    }

    /// Decides by the first line, and for YAML by the second, which must not be prose.
    private mutating func start(_ bytes: [UInt8], _ isLast: Bool) {
        guard let first = bytes.first else { return }
        if first == 0x7B, let second = bytes.dropFirst().first {
            var json = TreeValueReader(.json)
            json.endsAtTop = true
            state = second == 0x22 || second == 0x0A ? .running(json) : .over
            return
        }
        if first == 0x7B, !isLast { return }
        let isFence = first == 0x2D || first == 0x2B
        guard isFence else {
            state = .over
            return
        }
        guard bytes.count >= 1024 || isLast || bytes.count(where: { $0 == 0x0A }) >= 2 else {
            return
        }
        guard let lineEnd = bytes.firstIndex(of: 0x0A), Self.isFence(bytes[..<lineEnd], first)
        else {
            state = .over
            return
        }
        searched = lineEnd + 1
        state = .open(kind: first == 0x2D ? .yaml : .toml, end: first)
    }

    private static func isFence(_ line: ArraySlice<UInt8>, _ byte: UInt8) -> Bool {
        line.count >= 3 && line.prefix(3).allSatisfy { $0 == byte }
            && line.dropFirst(3).allSatisfy(TextByte.isBlank)
    }

    private mutating func search(
        _ bytes: [UInt8], _ kind: TextKind, _ end: UInt8, _ isLast: Bool,
        _ report: ValueSink.Report
    ) -> Int {
        while let lineEnd = bytes[searched...].firstIndex(of: 0x0A) ?? (isLast ? bytes.count : nil)
        {
            if Self.isFence(bytes[searched..<lineEnd], end) {
                let opening = (bytes.firstIndex(of: 0x0A) ?? 0) + 1
                hand(Array(bytes[opening..<searched]), kind, report)
                state = .over
                return bytes.count
            }
            guard lineEnd < bytes.count else { break }
            searched = lineEnd + 1
        }
        if isLast {
            state = .over
            return bytes.count
        }
        guard bytes.count > Self.longest, kind == .yaml else { return 0 }
        state = .running(TreeValueReader(.yaml))
        return 0
    }

    private func hand(_ bytes: [UInt8], _ kind: TextKind, _ report: ValueSink.Report) {
        if kind == .yaml {
            var tree = TreeValueReader(.yaml, firstLine: 2)
            _ = tree.read(bytes, true, report)
        } else {
            var toml = TomlValueReader(firstLine: 2)
            _ = toml.read(bytes, true, report)
        }
    }
}
