/// The start of the reading: readers see no byte order mark of UTF-8, and `\n` only.
///
/// `\r\n` is `\n`; a lone `\r` stays. UTF-16 was decoded before.
struct TextInput {
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The first bytes, until there are as many as a mark has; nil behind them.
    private var head: [UInt8]? = []
    private var endsInReturn = false

    /// Appends the text of the bytes to what a reader has left over.
    mutating func read(_ bytes: ArraySlice<UInt8>, isLast: Bool, into text: inout [UInt8]) {
        guard let head else { return append(bytes, isLast: isLast, to: &text) }
        let start = head + bytes
        guard start.count >= Self.mark.count || isLast else {
            self.head = start
            return
        }
        self.head = nil
        let hasMark = start.starts(with: Self.mark)
        append(start.dropFirst(hasMark ? Self.mark.count : 0), isLast: isLast, to: &text)
    }

    private mutating func append(
        _ bytes: ArraySlice<UInt8>, isLast: Bool, to text: inout [UInt8]
    ) {
        var rest = bytes
        if endsInReturn, let first = rest.first {
            if first != 0x0A { text.append(0x0D) }
            endsInReturn = false
        }
        while let index = rest.firstIndex(of: 0x0D) {
            text.append(contentsOf: rest[..<index])
            rest = rest[(index + 1)...]
            guard let next = rest.first else {
                endsInReturn = !isLast
                if isLast { text.append(0x0D) }
                return
            }
            if next != 0x0A { text.append(0x0D) }
        }
        text.append(contentsOf: rest)
        if isLast, endsInReturn {
            text.append(0x0D)
            endsInReturn = false
        }
    }
}
