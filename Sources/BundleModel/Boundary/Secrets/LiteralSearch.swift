/// Finds every occurrence of many literal texts in one pass, ASCII case ignored.
///
/// The automaton of Aho and Corasick with a dense table over classes of bytes: one look-up a byte,
/// whatever the text.
final class LiteralSearch: Sendable {
    private let classOfByte: [UInt8]
    private let shift: Int
    private let next: [UInt16]
    /// States from this one on end at least one literal.
    private let firstEnding: Int
    /// For each of these states where its literals start in ``endings``, and one more.
    private let firstOfEndings: [Int]
    /// The literals that end at a state, longest first, state after state.
    let endings: [Int]

    var stateCount: Int { next.count >> shift }

    /// - Parameter literals: not empty, each with one byte at least, ASCII letters in lower case.
    init(_ literals: [[UInt8]]) {
        var builder = LiteralTrie(literals)
        builder.link()
        let order = builder.statesWithEndingsLast()
        var number = Array(repeating: UInt16(0), count: order.count)
        for (new, old) in order.enumerated() { number[old] = UInt16(new) }
        var table: [UInt16] = []
        table.reserveCapacity(builder.steps.count)
        for old in order {
            for place in old << builder.shift..<(old + 1) << builder.shift {
                table.append(number[Int(builder.steps[place])])
            }
        }
        classOfByte = builder.classOfByte
        shift = builder.shift
        next = table
        firstEnding = order.count { builder.endings[$0].isEmpty }
        var starts = [0]
        var flat: [Int] = []
        for state in order[firstEnding...] {
            flat += builder.endings[state]
            starts.append(flat.count)
        }
        firstOfEndings = starts
        endings = flat
    }

    /// Where a pass over a text stands.
    struct Position {
        fileprivate var state = 0
        /// The byte that is read next.
        fileprivate(set) var index = 0
    }

    /// Goes on to the next place where literals end; gives the range of them in ``endings``, or
    /// nil at the end of the text. `position.index` is then behind them.
    func advance(_ position: inout Position, in bytes: Span<UInt8>) -> Range<Int>? {
        var state = position.state
        var index = position.index
        let next = next
        let classOfByte = classOfByte
        let table = next.span
        let classes = classOfByte.span
        while index < bytes.count {
            state = Int(table[state << shift | Int(classes[Int(bytes[index])])])
            index += 1
            if state >= firstEnding {
                position.state = state
                position.index = index
                return firstOfEndings[state - firstEnding]..<firstOfEndings[state - firstEnding + 1]
            }
        }
        position.state = state
        position.index = index
        return nil
    }

    func isFound(in bytes: Span<UInt8>) -> Bool {
        var position = Position()
        return advance(&position, in: bytes) != nil
    }
}
