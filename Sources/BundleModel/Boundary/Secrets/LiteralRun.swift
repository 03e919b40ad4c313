/// One search for literals through one text, from its start to its end.
struct LiteralRun {
    private let search: LiteralSearch
    private var state = 0
    /// The byte that is read next.
    private(set) var index = 0

    init(_ search: LiteralSearch) {
        self.search = search
    }

    /// Goes on to the next place where literals end; gives the range of them in
    /// ``LiteralSearch/endings``, or nil at the end of the text. ``index`` is then behind them.
    mutating func advance(in bytes: Span<UInt8>) -> Range<Int>? {
        let found =
            search.next.isEmpty
            ? step(in: bytes)
            : look(in: bytes, search.next, search.states.classOfByte)
        (state, index) = (found.state, found.index)
        return found.isEnding ? search.states.endings(of: state) : nil
    }

    /// One look-up a byte. The tables are handed in, so that they are not retained for it.
    private func look(
        in bytes: Span<UInt8>, _ next: [UInt16], _ classOfByte: [UInt8]
    ) -> (state: Int, index: Int, isEnding: Bool) {
        let table = next.span
        let classes = classOfByte.span
        let shift = search.shift
        var state = UInt16(self.state)
        var index = index
        while index < bytes.count {
            state = table[Int(state) << shift | Int(classes[Int(bytes[index])])]
            index += 1
            if state >= LiteralTable.endsLiteral {
                return (Int(state ^ LiteralTable.endsLiteral), index, true)
            }
        }
        return (Int(state), index, false)
    }

    /// Along the trie.
    private func step(in bytes: Span<UInt8>) -> (state: Int, index: Int, isEnding: Bool) {
        let states = search.states
        var state = state
        var index = index
        while index < bytes.count {
            state = states.step(state, states.classOfByte[Int(bytes[index])])
            index += 1
            if states.hasEndings(state) { return (state, index, true) }
        }
        return (state, index, false)
    }
}
