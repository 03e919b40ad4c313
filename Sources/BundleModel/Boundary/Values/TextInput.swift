/// The start of the reading: encoding and line ends, so that readers see UTF-8 and `\n` only.
///
/// A byte order mark is dropped, UTF-16 with one is decoded, and `\r\n` is `\n`. A lone `\r` stays.
struct TextInput {
    private enum State { case start, utf8, utf16(Utf16Text) }

    private var state = State.start
    private var head: [UInt8] = []
    private var endsInReturn = false

    /// Appends the text of the bytes to what a reader has left over.
    mutating func read(_ bytes: ArraySlice<UInt8>, isLast: Bool, into text: inout [UInt8]) {
        switch state {
        case .start:
            head += bytes.prefix(3 - head.count)
            let rest = bytes.dropFirst(head.count - headBefore)
            headBefore = head.count
            guard head.count == 3 || isLast else { return }
            if let utf16 = Utf16Text(mark: head[...]) {
                state = .utf16(utf16)
                read(Array(head.dropFirst(2))[...], isLast: false, into: &text)
            } else {
                state = .utf8
                let start = head == [0xEF, 0xBB, 0xBF] ? [] : head
                read(start[...], isLast: isLast && rest.isEmpty, into: &text)
            }
            if !rest.isEmpty || isLast { read(rest, isLast: isLast, into: &text) }
        case .utf8: append(bytes, isLast: isLast, to: &text)
        case .utf16(var utf16):
            let decoded = utf16.read(bytes, isLast: isLast)
            state = .utf16(utf16)
            append(decoded[...], isLast: isLast, to: &text)
        }
    }

    private var headBefore = 0

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
