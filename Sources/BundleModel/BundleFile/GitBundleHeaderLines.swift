/// The lines of a bundle file's header, read from the front and never further than the limits.
struct GitBundleHeaderLines {
    private let bytes: [UInt8]
    /// Where the line that was read last begins.
    private var start = 0
    /// Where the next line begins.
    private var position = 0
    /// The number of the line that was read last, from 1.
    private var number = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Takes the first line, which says what the file is.
    mutating func readSignature() throws(GitBundleHeaderError) {
        let head = bytes.prefix(Self.signatureWindow)
        guard let end = head.firstIndex(of: 0x0A) else {
            let isBeginning = head.count < Self.signatureWindow && Self.version(in: head) != nil
            throw error(isBeginning ? .unfinished : .notABundleFile)
        }
        let line = head[..<end]
        guard line.elementsEqual(GitBundleHeader.signature.utf8) else {
            let isBundleFile = Self.version(in: line).map { !$0.isEmpty } ?? false
            throw error(
                isBundleFile && line.suffix(Self.tail.count).elementsEqual(Self.tail)
                    ? .otherVersion : .notABundleFile)
        }
        position = end + 1
    }

    /// The next line without its end; nil for the empty line behind the last one.
    mutating func next() throws(GitBundleHeaderError) -> ArraySlice<UInt8>? {
        start = position
        number += 1
        let limit = min(
            start + GitBundleHeader.maximumLineBytes + 1, GitBundleHeader.maximumBytes)
        let window = bytes[start...].prefix(max(0, limit - start))
        guard let end = window.firstIndex(of: 0x0A) else {
            if window.count > GitBundleHeader.maximumLineBytes { throw error(.lineTooLong) }
            throw error(window.endIndex >= limit ? .tooLarge : .unfinished)
        }
        position = end + 1
        let line = bytes[start..<end]
        if line.isEmpty { return nil }
        if line.contains(0) { throw error(.nulByte) }
        return line
    }

    /// The id that a line begins with.
    func id(_ line: ArraySlice<UInt8>) throws(GitBundleHeaderError) -> CommitID {
        guard let id = CommitID(String(decoding: line.prefix(40), as: UTF8.self)) else {
            throw error(.malformedID)
        }
        return id
    }

    /// An error in the line that was read last.
    func error(_ problem: GitBundleHeaderError.Problem) -> GitBundleHeaderError {
        GitBundleHeaderError(problem, line: number, offset: start)
    }

    // MARK: The signature of any version: `# v<digits> git bundle`

    private static let head = Array("# v".utf8)
    private static let tail = Array(" git bundle".utf8)
    /// More than the signature of any version needs.
    private static let signatureWindow = 64

    /// The digits of the version in a text that is such a signature or the beginning of one; nil
    /// for every other text.
    private static func version(in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard text.starts(with: head) else { return head.starts(with: text) ? [] : nil }
        let digits = text.dropFirst(head.count).prefix { (0x30...0x39).contains($0) }
        let rest = text.dropFirst(head.count + digits.count)
        let isBeginning = digits.isEmpty ? rest.isEmpty : tail.starts(with: rest)
        return isBeginning ? digits : nil
    }
}
