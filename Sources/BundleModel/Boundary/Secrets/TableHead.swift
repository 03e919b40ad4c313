/// The first line of a table in running text: what separates its columns, and where its rows begin.
///
/// A table of Markdown has a line of dashes below its head. In one of separated values every field
/// of the head is a name, and the next line has as many fields.
struct TableHead {
    /// The line without its end.
    let line: Range<Int>
    /// `|`, `,`, `;` or a tab.
    let separator: UInt8
    /// Where the first row starts.
    let rows: Int
    /// How many keys of it were looked at; no more than some of each table are.
    var keys = 0

    /// The longest line that is taken for a head.
    static let longest = 1_024
    private static let delimiters = ByteSet(ascii: "|-: \t\r")
    private static let nameSigns = ByteSet.word.union(ByteSet(ascii: " -./\"'\r"))
        .union(ByteSet(0x80...0xFF))

    /// - Parameter separator: what stands beside the key.
    init?(_ line: Range<Int>, separatedBy separator: UInt8, in bytes: Span<UInt8>) {
        guard line.upperBound < bytes.count else { return nil }
        self.line = line
        self.separator = separator
        let next = line.upperBound + 1
        let end = Self.lineEnd(from: next, in: bytes)
        if separator == UInt8(ascii: "|") {
            guard Self.isDelimiter(next..<end, in: bytes), end < bytes.count else { return nil }
            rows = end + 1
        } else {
            guard let count = Self.names(in: line, separator, bytes), count > 1,
                Self.fieldCount(in: next..<end, separator, bytes) == count
            else { return nil }
            rows = next
        }
    }

    /// The end of a line, or of as much of it as is looked at.
    static func lineEnd(from start: Int, in bytes: Span<UInt8>) -> Int {
        var end = start
        let limit = min(bytes.count, start + longest)
        while end < limit, bytes[end] != 0x0A { end += 1 }
        return end
    }

    private static func isDelimiter(_ line: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        var (dashes, bars) = (0, 0)
        for index in line {
            guard delimiters.contains(bytes[index]) else { return false }
            if bytes[index] == UInt8(ascii: "-") { dashes += 1 }
            if bytes[index] == UInt8(ascii: "|") { bars += 1 }
        }
        return dashes > 0 && bars > 0
    }

    /// How many names a line has; nil when something else stands in it.
    private static func names(
        in line: Range<Int>, _ separator: UInt8, _ bytes: Span<UInt8>
    ) -> Int? {
        var (count, letters, length) = (1, 0, 0)
        for index in line {
            let byte = bytes[index]
            if byte == separator {
                guard letters > 0 else { return nil }
                (count, letters, length) = (count + 1, 0, 0)
                continue
            }
            guard nameSigns.contains(byte) else { return nil }
            length += 1
            if byte.isASCIILetter || byte >= 0x80 { letters += 1 }
            guard length <= 48 else { return nil }
        }
        return letters > 0 ? count : nil
    }

    private static func fieldCount(
        in line: Range<Int>, _ separator: UInt8, _ bytes: Span<UInt8>
    ) -> Int {
        var count = 0
        forEachField(in: line, separator, bytes) { _ in
            count += 1
            return true
        }
        return count
    }

    /// The number of the field that holds a place of the head.
    func column(of place: Int, in bytes: Span<UInt8>) -> (number: Int, field: Range<Int>)? {
        var (number, found) = (0, nil as Range<Int>?)
        Self.forEachField(in: line, separator, bytes) { field in
            if field.contains(place) {
                found = field
                return false
            }
            number += 1
            return true
        }
        return found.map { (number, $0) }
    }

    /// The field of a row; nil where it has none.
    func field(_ number: Int, of row: Range<Int>, in bytes: Span<UInt8>) -> Range<Int>? {
        var (left, found) = (number, nil as Range<Int>?)
        Self.forEachField(in: row, separator, bytes) { field in
            if left == 0 {
                found = field
                return false
            }
            left -= 1
            return true
        }
        return found
    }

    /// The fields of a line, until the closure says that there were enough. A separator in quotes
    /// separates nothing, nor does `\|`.
    private static func forEachField(
        in line: Range<Int>, _ separator: UInt8, _ bytes: Span<UInt8>,
        _ body: (Range<Int>) -> Bool
    ) {
        let isMarkdown = separator == UInt8(ascii: "|")
        var start = line.lowerBound
        var isQuoted = false
        for index in line {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\""), !isMarkdown { isQuoted.toggle() }
            guard byte == separator, !isQuoted else { continue }
            if isMarkdown, index > line.lowerBound, bytes[index - 1] == UInt8(ascii: "\\") {
                continue
            }
            guard body(start..<index) else { return }
            start = index + 1
        }
        _ = body(start..<line.upperBound)
    }
}
