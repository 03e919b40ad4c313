extension TreeValueReader {
    /// The bytes at hand.
    struct Input {
        let bytes: [UInt8]
        /// Whether no more follow.
        let isLast: Bool

        /// The byte there, a line break behind the last one, or nil when it is yet to come.
        func byte(_ position: Int) -> UInt8? {
            position < bytes.count ? bytes[position] : (isLast ? 0x0A : nil)
        }

        /// Whether `---` or `...` stands there as a marker of documents; nil when more is needed.
        func isMarker(at position: Int) -> Bool? {
            for offset in 1...2 {
                guard let byte = byte(position + offset) else { return nil }
                if byte != bytes[position] { return false }
            }
            guard let behind = byte(position + 3) else { return nil }
            return TextByte.isSpace(behind)
        }

        /// Where the word that starts there ends, at a blank or a line's end, and for `isFlow` at
        /// brackets and commas; nil when more is needed. No word is longer than 512 bytes.
        func wordEnd(_ start: Int, isFlow: Bool) -> Int? {
            var end = start
            while end - start < 512 {
                guard let byte = byte(end) else { return nil }
                if TextByte.isSpace(byte) || (isFlow && TextByte.isFlow(byte)) { return end }
                end += 1
            }
            return end
        }
    }
}
