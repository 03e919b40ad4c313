extension TextPass {
    /// What the looks for heads of tables remember.
    struct Tables {
        /// The last line that was looked at, or as much of one as is no head.
        fileprivate var line = 0..<0
        /// The head that it is.
        fileprivate var head: TableHead?
        /// Where the rows end that were looked at: none of them is a head.
        fileprivate var end = 0
    }

    /// How far the rows of a table are read, so that a match lies within ``SecretScan/reach``.
    private static let longestTable = 6 * 1024
    private static let mostKeys = 8
    private static let shortestCell = 20
    private static let separators = ByteSet(ascii: "|,;\t")
    private static let around = ByteSet(ascii: " \"'`*_\r")

    /// Looks for values in the column that a key is the head of, as in `| user | password |`.
    ///
    /// A cell holds one where it is a text of much chance and nothing else: what a table tells of
    /// passwords is prose.
    mutating func look(forColumnOf key: Range<Int>, in bytes: Span<UInt8>) {
        guard key.lowerBound >= tables.end || tables.head?.line.contains(key.lowerBound) == true,
            let separator = separator(around: key, in: bytes)
        else { return }
        if !tables.line.contains(key.lowerBound) { findHead(at: key, separator, in: bytes) }
        guard let head = tables.head, head.keys < Self.mostKeys else { return }
        tables.head?.keys += 1
        guard let (number, field) = head.column(of: key.lowerBound, in: bytes),
            trimmed(field, in: bytes).upperBound == key.upperBound,
            meaning(of: key, in: bytes) == .secret
        else { return }
        look(atColumn: number, of: head, in: bytes)
    }

    /// What separates the field of a key from the next or, at the end of a line, from the last one.
    private func separator(around key: Range<Int>, in bytes: Span<UInt8>) -> UInt8? {
        var index = key.upperBound
        let limit = min(bytes.count, key.upperBound + 40)
        while index < limit, Self.around.contains(bytes[index]) { index += 1 }
        guard index < bytes.count else { return nil }
        if Self.separators.contains(bytes[index]) { return bytes[index] }
        guard bytes[index] == 0x0A else { return nil }
        // The name in front of the key may be part of the field's, as in `api key`.
        index = key.lowerBound - 1
        let first = max(0, key.lowerBound - 48)
        while index >= first, bytes[index] != 0x0A {
            if Self.separators.contains(bytes[index]) { return bytes[index] }
            index -= 1
        }
        return nil
    }

    private mutating func findHead(
        at key: Range<Int>, _ separator: UInt8, in bytes: Span<UInt8>
    ) {
        var start = key.lowerBound
        let first = max(0, start - TableHead.longest)
        while start > first, bytes[start - 1] != 0x0A { start -= 1 }
        let end = TableHead.lineEnd(from: key.upperBound, in: bytes)
        tables.line = start..<max(end, start + 1)
        let isLine = start == 0 || bytes[start - 1] == 0x0A
        tables.head =
            isLine && end - start <= TableHead.longest && end < bytes.count
            ? TableHead(start..<end, separatedBy: separator, in: bytes) : nil
    }

    private mutating func look(
        atColumn number: Int, of head: TableHead, in bytes: Span<UInt8>
    ) {
        let limit = min(bytes.count, head.rows + Self.longestTable)
        var start = head.rows
        while start < limit, found.count < Self.mostMatches {
            let end = TableHead.lineEnd(from: start, in: bytes)
            guard let field = head.field(number, of: start..<end, in: bytes) else { break }
            look(atCell: trimmed(field, in: bytes), in: bytes)
            start = end + 1
        }
        tables.end = max(tables.end, min(start, bytes.count))
    }

    private mutating func look(atCell cell: Range<Int>, in bytes: Span<UInt8>) {
        guard cell.count >= Self.shortestCell, cell.count <= 512,
            let value = value(from: cell.lowerBound, in: bytes), value.range == cell
        else { return }
        // A mark, and not a sign, joins the two: what is no secret by its own look is none.
        judge(
            ValueText(range: cell, isQuoted: false, isClear: true), meaning: .secret, joint: .mark,
            in: bytes)
    }

    /// A field without the blanks, quotes and emphasis around what it says.
    private func trimmed(_ field: Range<Int>, in bytes: Span<UInt8>) -> Range<Int> {
        var (start, end) = (field.lowerBound, field.upperBound)
        while start < end, Self.around.contains(bytes[start]) || bytes[start] == 0x09 { start += 1 }
        while end > start, Self.around.contains(bytes[end - 1]) || bytes[end - 1] == 0x09 {
            end -= 1
        }
        return start..<end
    }
}
