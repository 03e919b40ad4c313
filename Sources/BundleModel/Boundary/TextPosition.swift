/// A place in a text that is counted on as the text goes by.
struct TextPosition: Hashable, Sendable {
    /// Counted from 1.
    private(set) var line = 1
    /// In Unicode scalars, counted from 1.
    private(set) var column = 1

    /// Moves past some bytes.
    mutating func advance(over bytes: ArraySlice<UInt8>) {
        var lastLine = bytes
        if let newline = bytes.lastIndex(of: 0x0A) {
            line += bytes.count { $0 == 0x0A }
            column = 1
            lastLine = bytes[(newline + 1)...]
        }
        column += lastLine.count { $0 & 0xC0 != 0x80 }
    }
}
