/// Columns in Unicode scalars of a text that is read in parts: where a line has characters of
/// several bytes, an offset in bytes is further right than what an editor shows.
struct LineColumns {
    private var bytes: [UInt8] = []
    /// The bytes that continue a character, before every 256th byte; empty for ASCII.
    private var before: [Int] = []
    /// Where in ``bytes`` the line begins, or the whole of them when it began earlier.
    private var lineStart = 0
    /// Bytes of the line that were read with earlier parts.
    private var earlierBytes = 0
    /// How many of them continue a character.
    private var earlierContinuations = 0

    private static let blockSize = 256

    /// Begins with the next bytes; the ones that were not used come again.
    mutating func begin(_ bytes: [UInt8]) {
        self.bytes = bytes
        lineStart = 0
        before = []
        guard bytes.contains(where: { $0 >= 0x80 }) else { return }
        before.reserveCapacity(bytes.count / Self.blockSize + 1)
        var count = 0
        for start in stride(from: 0, through: bytes.count, by: Self.blockSize) {
            before.append(count)
            let end = min(bytes.count, start + Self.blockSize)
            count += bytes[start..<end].count(where: Self.isContinuation)
        }
    }

    /// A line begins at a place in the bytes at hand.
    mutating func startLine(at position: Int) {
        lineStart = position
        earlierBytes = 0
        earlierContinuations = 0
    }

    /// So many of the bytes were used.
    mutating func end(used: Int) {
        earlierContinuations += continuations(upTo: used)
        earlierBytes += used - lineStart
        bytes = []
    }

    /// The column of a place in the line, counted from 1.
    func column(_ position: Int) -> Int {
        earlierBytes + position - lineStart - earlierContinuations - continuations(upTo: position)
            + 1
    }

    private func continuations(upTo position: Int) -> Int {
        before.isEmpty ? 0 : total(before: position) - total(before: lineStart)
    }

    private func total(before position: Int) -> Int {
        let block = position / Self.blockSize
        return before[block]
            + bytes[block * Self.blockSize..<position].count(where: Self.isContinuation)
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
