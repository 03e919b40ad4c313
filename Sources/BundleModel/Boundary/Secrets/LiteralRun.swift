/// One search for literals through one text, from its start to its end.
struct LiteralRun {
    private let search: LiteralSearch
    private let table: LiteralTable?
    private var state = 0
    /// The byte that is read next.
    private(set) var index = 0

    init(_ search: LiteralSearch, _ table: LiteralTable?) {
        self.search = search
        self.table = table
    }

    /// Goes on to the next place where literals end; gives the range of them in
    /// ``LiteralSearch/endings``, or nil at the end of the text. ``index`` is then behind them.
    mutating func advance(in bytes: Span<UInt8>) -> Range<Int>? {
        let isFound =
            if let table {
                table.advance(&state, &index, in: bytes)
            } else {
                step(in: bytes)
            }
        return isFound ? search.endings(of: state) : nil
    }

    private mutating func step(in bytes: Span<UInt8>) -> Bool {
        let states = search.states
        while index < bytes.count {
            state = states.step(state, states.classOfByte[Int(bytes[index])])
            index += 1
            if states.hasEndings(state) { return true }
        }
        return false
    }
}
