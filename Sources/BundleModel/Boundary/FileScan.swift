/// The scan of one file that comes in parts, in memory that does not grow with the file.
///
/// The bytes are looked at in windows that overlap by as much as the longest match needs, and as
/// the scalars that a reader of the file would see.
public struct FileScan {
    private let path: String
    private var log: BoundaryFindings
    private var kind: TextKind?
    private var reader: StructuredReader?
    private var memory = ScanMemory()
    private let hostPaths: HostPathScan
    private var encoding = Encoding.unknown

    /// How the bytes of the file spell its text.
    private enum Encoding {
        case unknown
        /// UTF-8, or bytes that are no text.
        case bytes
        case utf16(Utf16Text)
    }
    /// What was read and not finished: some bytes before ``start`` as context, the rest to scan.
    private var pending: [UInt8] = []
    /// Where in ``pending`` the matches begin that were not reported.
    private var start = 0
    /// The place of ``start``.
    private var position = TextPosition()

    /// How many bytes a match may look ahead, and back.
    private static let reach = max(SecretScan.reach, HostPathScan.reach)
    /// The least that is scanned at a time, so that windows overlap by a small part of them.
    private static let window = 16 * reach

    /// Begins with the name of the file.
    ///
    /// - Parameters:
    ///   - path: the path inside the bundle, or any relative path; it says what kind of text the
    ///     file is, and is scanned as well.
    ///   - shown: what findings call the file, if it is more than the path.
    public init(path: String, shownAs shown: String? = nil) {
        self.path = path
        hostPaths = HostPathScan(depth: Self.referenceDepth(path))
        log = BoundaryFindings(path: shown ?? path)
        for match in SecretScan.scan(of: path.utf8.count).matches(inText: path) {
            log.add(match, line: nil, column: nil, inValue: false)
        }
    }

    /// Everything that was found, in the order of lines; complete after the last part.
    public var findings: [Finding] {
        guard let behindMark else { return log.findings }
        let found = log.findings
        let others = behindMark.findings.filter { other in
            !found.contains { $0.rule == other.rule && $0.message == other.message }
        }
        return (found + others).sorted()
    }

    /// Scans the next bytes of the file.
    ///
    /// - Parameters:
    ///   - bytes: any number of bytes, also none.
    ///   - isLast: whether the file ends with them.
    public mutating func read(_ bytes: ArraySlice<UInt8>, isLast: Bool) {
        if log.isFull {
            // Nothing that is found from now on is listed.
            pending = []
            reader = nil
            return
        }
        switch encoding {
        case .bytes: scan(bytes, isLast: isLast)
        case .utf16(var text):
            bytesBehindMark[0].read(bytes, isLast: isLast)
            encoding = .bytes
            scan(text.read(bytes, isLast: isLast)[...], isLast: isLast)
            encoding = .utf16(text)
        case .unknown:
            // A byte order mark has two bytes.
            let head = pending + bytes
            pending = []
            guard head.count >= 2 || isLast else {
                pending = head
                return
            }
            encoding = .bytes
            if let text = Utf16Text(mark: head[...]) { begin(text) }
            read(head[...], isLast: isLast)
        }
    }

    /// The bytes of UTF-16 as they are, for a mark may stand before bytes that are none; one or no
    /// scan.
    private var bytesBehindMark: [FileScan] = []
    private var behindMark: FileScan? { bytesBehindMark.first }

    private mutating func begin(_ text: Utf16Text) {
        var scan = self
        scan.kind = .plain
        bytesBehindMark = [scan]
        encoding = .utf16(text)
    }

    private mutating func scan(_ bytes: ArraySlice<UInt8>, isLast: Bool) {
        if pending.isEmpty, isLast {
            begin(bytes)
            finish(window: bytes, from: bytes.startIndex, isLast: true)
            readValues(bytes, isLast: true)
            return
        }
        pending.append(contentsOf: bytes)
        guard isLast || pending.count - start >= Self.window else { return }
        begin(pending[...])
        let scanned = pending
        let fresh = scanned[valuesRead...]
        finish(window: scanned[...], from: start, isLast: isLast)
        readValues(fresh, isLast: isLast)
        keepRest(of: scanned, isLast: isLast)
    }

    /// Where in ``pending`` the bytes begin that the reader of scalars has not had.
    private var valuesRead = 0

    private mutating func begin(_ head: ArraySlice<UInt8>) {
        guard kind == nil else { return }
        let kind = TextKind(path: path, head: head)
        self.kind = kind
        reader = StructuredReader(kind, keepingBackBy: hostPaths)
    }

    /// How many `..` a reference in the file may have: Sheaf's own documents refer to files from the
    /// top of the bundle, any other file may do so from where it is.
    private static func referenceDepth(_ path: String) -> Int {
        let directories = path.split(separator: "/").dropLast()
        guard let top = directories.first, !ownDirectories.contains(String(top)) else { return 0 }
        return directories.count
    }

    private static let ownDirectories: Set<String> = [
        "profiles", "prompts", "workflows", "tools", "models", "plugins", "policies",
    ]

    /// Reports what begins in a window, but for its last bytes, which the next one has as well.
    private mutating func finish(window: ArraySlice<UInt8>, from start: Int, isLast: Bool) {
        guard let kind else { return }
        let end = isLast ? window.endIndex : max(start, window.endIndex - Self.reach)
        var matches = SecretScan.scan(of: window.count).matches(in: window, isCode: kind == .code)
        if !kind.isStructured {
            matches += hostPaths.matches(inProse: window.span)
            matches.sort { $0.offset < $1.offset }
        }
        var counted = start
        for match in matches {
            let offset = window.startIndex + match.offset
            guard offset >= start, isLast || offset < end else { continue }
            position.advance(over: window[counted..<max(counted, offset)])
            counted = max(counted, offset)
            log.add(match, at: position, inValue: false)
            if log.isFull { return }
        }
        position.advance(over: window[counted..<max(counted, end)])
        self.start = end
    }

    /// How many bytes are read before it is asked whether any more would be listed.
    private static let stride = 64 * 1024

    private mutating func readValues(_ bytes: ArraySlice<UInt8>, isLast: Bool) {
        guard var reader else { return }
        self.reader = nil
        var start = bytes.startIndex
        repeat {
            if log.isFull { return }
            let end = min(bytes.endIndex, start + Self.stride)
            readValues(bytes[start..<end], isLast && end == bytes.endIndex, &reader)
            start = end
        } while start < bytes.endIndex
        self.reader = reader
    }

    private mutating func readValues(
        _ bytes: ArraySlice<UInt8>, _ isLast: Bool, _ reader: inout StructuredReader
    ) {
        var log = log
        var memory = ScanMemory()
        swap(&memory, &self.memory)
        let hostPaths = hostPaths
        let secrets = SecretScan.scan(of: 0)
        reader.read(bytes, isLast: isLast) {
            if !log.isFull { Self.scan($0, secrets, hostPaths, &memory, &log) }
        }
        swap(&memory, &self.memory)
        self.log = log
    }

    private static func scan(
        _ value: ScannedValue, _ secrets: SecretScan, _ hostPaths: HostPathScan,
        _ memory: inout ScanMemory, _ log: inout BoundaryFindings
    ) {
        let secrets = secrets.matches(in: value, &memory)
        let paths = hostPaths.matches(in: value, &memory.facts)
        if secrets.isEmpty, paths.isEmpty { return }
        let matches = secrets + paths
        var lines = 0
        var counted = 0
        for match in matches {
            // A match in decoded base64 has an offset of its own.
            if value.keepsLines {
                let offset = min(match.offset, value.text.count)
                if offset < counted { (lines, counted) = (0, 0) }
                lines += value.text[counted..<offset].count { $0 == 0x0A }
                counted = offset
            }
            log.add(
                match, line: value.line + lines, column: lines == 0 ? value.column : 1,
                inValue: true)
        }
    }

    /// Keeps what the next window needs: the bytes before the next match as context, and the rest.
    private mutating func keepRest(of scanned: [UInt8], isLast: Bool) {
        if isLast {
            pending = []
            return
        }
        let first = max(0, start - Self.reach)
        pending = Array(scanned[first...])
        start -= first
        valuesRead = pending.count
    }
}
