/// One search for literals through one text, from its start to its end.
///
/// It holds what each step reads, so that no step has to ask for it.
struct LiteralRun {
    private let search: LiteralSearch
    /// Of the table; empty where there is none.
    private let next: [UInt16]
    private let classOfByte: [UInt8]
    private let firstOfEndings: [Int]
    private let shift: Int
    private var state = 0
    /// The byte that is read next.
    private(set) var index = 0

    init(_ search: LiteralSearch) {
        self.search = search
        next = search.next
        shift = search.shift
        classOfByte = search.states.classOfByte
        firstOfEndings = search.states.firstOfEndings
    }

    /// Goes on to the next place where literals end; gives the range of them in
    /// ``LiteralSearch/endings``, or nil at the end of the text. ``index`` is then behind them.
    mutating func advance(in bytes: Span<UInt8>) -> Range<Int>? {
        let found = next.isEmpty ? step(in: bytes) : look(in: bytes)
        (state, index) = (found.state, found.index)
        let endings = firstOfEndings[state]..<firstOfEndings[state + 1]
        return found.isEnding ? endings : nil
    }

    /// One look-up a byte.
    private func look(in bytes: Span<UInt8>) -> (state: Int, index: Int, isEnding: Bool) {
        let table = next.span
        let classes = classOfByte.span
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
            state = states.step(state, classOfByte[Int(bytes[index])])
            index += 1
            if states.hasEndings(state) { return (state, index, true) }
        }
        return (state, index, false)
    }
}
