/// The dense table of a ``LiteralSearch``: one look-up a byte.
final class LiteralTable: Sendable {
    private let classOfByte: [UInt8]
    private let shift: Int
    /// The next state, by state and class of byte, with ``endsLiteral`` where a literal ends.
    private let next: [UInt16]

    private static let endsLiteral: UInt16 = 0x8000

    /// Fills the rows of the states by depth, so that each is that of the longest suffix, which is
    /// filled before it, with the steps to its own children.
    init(_ states: LiteralStates) {
        let shift = Int.bitWidth - (states.classCount - 1).leadingZeroBitCount
        let width = 1 << shift
        var next: [UInt16] = []
        next.reserveCapacity(states.count << shift)
        var row = Array(repeating: UInt16(0), count: width)
        for state in 0..<states.count {
            if state > 0 {
                let start = Int(states.fallback[state]) << shift
                for byteClass in 0..<width { row[byteClass] = next[start + byteClass] }
            }
            for child in Int(states.firstChild[state])..<Int(states.firstChild[state + 1]) {
                row[Int(states.byteClass[child])] =
                    UInt16(child) | (states.hasEndings(child) ? Self.endsLiteral : 0)
            }
            next.append(contentsOf: row)
        }
        classOfByte = states.classOfByte
        self.shift = shift
        self.next = next
    }

    /// Goes on to the next state in which literals end; false at the end of the text.
    func advance(_ position: inout Int, _ index: inout Int, in bytes: Span<UInt8>) -> Bool {
        var state = UInt16(position)
        var place = index
        let (next, classOfByte) = (next, classOfByte)
        let table = next.span
        let classes = classOfByte.span
        while place < bytes.count {
            state = table[Int(state) << shift | Int(classes[Int(bytes[place])])]
            place += 1
            if state >= Self.endsLiteral { break }
        }
        index = place
        position = Int(state & ~Self.endsLiteral)
        return state >= Self.endsLiteral
    }
}
