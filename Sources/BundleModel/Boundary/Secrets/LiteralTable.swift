/// The dense table of a ``LiteralSearch``: one look-up a byte.
struct LiteralTable {
    let shift: Int
    /// The next state, by state and class of byte, with ``endsLiteral`` where a literal ends.
    let next: [UInt16]

    /// Beside the number of a state.
    static let endsLiteral: UInt16 = 0x8000

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
        self.shift = shift
        self.next = next
    }
}
