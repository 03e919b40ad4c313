/// Reads the front matter of a Markdown file: YAML between lines of `---`, TOML between lines of
/// `+++`, or JSON from `{` in the first line on.
///
/// The opening line may name the format (`---yaml`), empty lines may stand before it, and `...` may
/// end YAML. What opens like front matter and does not close within ``longest`` bytes is read as
/// such all the same; what does not close before the end of the file is prose.
struct FrontMatterReader {
    static let longest = 256 * 1024
    /// More lines before the opening one are prose.
    private static let mostEmptyLines = 16

    private enum State {
        case start
        case open(Fence)
        /// JSON, or what has its end too far away to wait for.
        case tree(TreeValueReader)
        case toml(TomlValueReader)
        case over
    }

    /// What looks for paths, where scalars in which no rule finds anything are kept back.
    var hostPaths: HostPathScan?
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
        case .open(let fence): return search(bytes, fence, isLast, report)
        case .tree(var tree):
            state = .over
            tree.sink.hostPaths = hostPaths
            let used = tree.read(bytes, isLast, report)
            if tree.isOver { return bytes.count }
            state = .tree(tree)
            return used
        case .toml(var toml):
            state = .over
            toml.sink.hostPaths = hostPaths
            let used = toml.read(bytes, isLast, report)
            state = .toml(toml)
            return used
        }
    }

    /// Decides by the first line that has a text.
    private mutating func start(_ bytes: [UInt8], _ isLast: Bool) {
        var first = 0
        var line = 1
        while first < bytes.count, TextByte.isSpace(bytes[first]), line <= Self.mostEmptyLines {
            if bytes[first] == 0x0A { line += 1 }
            first += 1
        }
        guard first < bytes.count else {
            if first > Fence.longest { state = .over }
            return
        }
        if bytes[first] == 0x7B {
            let behind = first + 1 < bytes.count ? bytes[first + 1] : nil
            guard let behind else { return }
            guard first == 0, behind == 0x22 || behind == 0x0A else {
                state = .over
                return
            }
            var json = TreeValueReader(.json)
            json.endsAtTop = true
            state = .tree(json)
            return
        }
        // Blanks before the fence are no empty line.
        guard bytes[first] == 0x2D || bytes[first] == 0x2B, first == 0 || bytes[first - 1] == 0x0A
        else {
            state = .over
            return
        }
        guard let lineEnd = bytes[first...].firstIndex(of: 0x0A) else {
            if bytes.count - first >= Fence.longest || isLast { state = .over }
            return
        }
        guard let fence = Fence(bytes[first..<lineEnd], line: line, end: lineEnd + 1) else {
            state = .over
            return
        }
        searched = fence.end
        state = .open(fence)
    }

    private mutating func search(
        _ bytes: [UInt8], _ fence: Fence, _ isLast: Bool, _ report: ValueSink.Report
    ) -> Int {
        while let lineEnd = bytes[searched...].firstIndex(of: 0x0A) ?? (isLast ? bytes.count : nil)
        {
            if fence.isClosed(by: bytes[searched..<lineEnd]) {
                state = fence.reader
                _ = read(Array(bytes[fence.end..<searched]), true, report)
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
        guard bytes.count > Self.longest else { return 0 }
        state = fence.reader
        return fence.end + read(Array(bytes[fence.end...]), false, report)
    }
}

extension FrontMatterReader {
    /// The line that opens front matter.
    private struct Fence {
        /// No longer line is one.
        static let longest = 1024

        let kind: TextKind
        /// The sign of the line, which the closing one has too.
        let sign: UInt8
        /// The number of the line, from 1, and where the next one begins.
        let line: Int
        let end: Int

        init?(_ text: ArraySlice<UInt8>, line: Int, end: Int) {
            guard let sign = text.first, text.count <= Self.longest, text.count >= 3,
                text.prefix(3).allSatisfy({ $0 == sign })
            else { return nil }
            let name = text.dropFirst(3).filter { !TextByte.isBlank($0) }.map(TextByte.lower)
            switch String(decoding: name, as: UTF8.self) {
            case "": kind = sign == 0x2D ? .yaml : .toml
            case "yaml", "yml": kind = .yaml
            case "toml": kind = .toml
            case "json": kind = .json
            default: return nil
            }
            self.sign = sign
            self.line = line
            self.end = end
        }

        func isClosed(by text: ArraySlice<UInt8>) -> Bool {
            guard text.count >= 3, text.dropFirst(3).allSatisfy(TextByte.isBlank) else {
                return false
            }
            let head = text.prefix(3)
            return head.allSatisfy { $0 == sign }
                || kind == .yaml && head.allSatisfy { $0 == 0x2E }
        }

        /// What reads the lines behind it.
        var reader: State {
            switch kind {
            case .toml: .toml(TomlValueReader(firstLine: line + 1))
            case .json: .tree(TreeValueReader(.json, firstLine: line + 1))
            default: .tree(TreeValueReader(.yaml, firstLine: line + 1))
            }
        }
    }
}
