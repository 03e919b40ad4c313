/// The head of a Markdown file between two lines `---`, and the text below it.
struct FrontMatter {
    /// What was found at the start of a file.
    enum Reading {
        case found(FrontMatter)
        case absent
        case notClosed
        case tooLong
    }

    /// One key.
    struct Entry {
        let key: String
        /// The line in the file, counted from 1.
        let line: Int
        let value: FrontMatterValue
    }

    /// Something that was read differently from how it stands there, or not at all.
    struct Problem {
        let line: Int
        let kind: ImportNote.Kind
        let what: String
        let why: String
    }

    /// More than this is no front matter; it also bounds the work and depth of reading it.
    static let maximumBytes = 64 << 10

    /// The keys in the order of the file.
    let entries: [Entry]
    /// What was wrong with the head, by line.
    let problems: [Problem]
    /// Everything after the closing line, unchanged.
    let body: [UInt8]

    /// The value of a key; the first where it stands twice.
    subscript(key: String) -> FrontMatterValue? {
        entries.first { $0.key == key }?.value
    }

    /// Splits a file and reads its head.
    static func read(_ bytes: [UInt8]) -> Reading {
        // A byte order mark belongs to the file, not to its first line.
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let first = line(of: bytes, from: start), isFence(bytes[start..<first.end]) else {
            return .absent
        }
        var position = first.next
        while let current = line(of: bytes, from: position) {
            if isFence(bytes[position..<current.end]) {
                let head = bytes[first.next..<position]
                guard head.count <= maximumBytes else { return .tooLong }
                return .found(
                    FrontMatter(head: Array(head), body: Array(bytes[current.next...])))
            }
            position = current.next
        }
        return .notClosed
    }

    private init(head: [UInt8], body: [UInt8]) {
        self.body = body
        // The fence is line 1 of the file.
        let lines = String(decoding: head, as: UTF8.self)
            .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
            .map(String.init)
        if let entries = FrontMatterYaml.entries(of: lines, firstLine: 2) {
            self.entries = entries
            problems = FrontMatterLines.comments(in: lines, firstLine: 2)
        } else {
            var loose = FrontMatterLines(lines, firstLine: 2)
            loose.read()
            entries = loose.entries
            problems = loose.problems
        }
    }

    private static func line(
        of bytes: [UInt8], from start: Int
    ) -> (end: Int, next: Int)? {
        guard start < bytes.count else { return nil }
        guard let end = bytes[start...].firstIndex(of: 0x0A) else {
            return (bytes.count, bytes.count)
        }
        return (end, end + 1)
    }

    /// Three hyphens, and nothing after them but blanks.
    private static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
        line.count >= 3 && line.prefix(3).allSatisfy { $0 == 0x2D }
            && line.dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }
}
