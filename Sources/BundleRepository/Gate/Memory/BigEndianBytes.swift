extension Span<UInt8> {
    /// The number that some bytes hold, at most eight of them, the highest first.
    func bigEndianWord(at place: Int, of count: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in place..<place + count { word = word << 8 | UInt64(self[index]) }
        return word
    }
}

extension [UInt8] {
    /// Appends the last bytes of a number, the highest first.
    mutating func appendBigEndian(_ number: UInt64, bytes count: Int) {
        for index in (0..<count).reversed() {
            append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index)))
        }
    }
}
