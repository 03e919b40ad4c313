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
        var number = Array(repeating: 0, count: order.count)
        for (new, old) in order.enumerated() { number[old] = new }
        let bits = Int.bitWidth - (builder.classCount - 1).leadingZeroBitCount
        var table = Array(repeating: UInt16(0), count: order.count << bits)
        for (new, old) in order.enumerated() {
            for byteClass in 0..<builder.classCount {
                table[new << bits | byteClass] = UInt16(number[builder.goto[old][byteClass]])
            }
        }
        classOfByte = builder.classOfByte
        shift = bits
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

/// The trie of the literals and its failure links, as it is built.
private struct LiteralTrie {
    var classOfByte = Array(repeating: UInt8(0), count: 256)
    var classCount = 1
    var goto: [[Int]] = []
    var endings: [[Int]] = [[]]
    /// The states by depth, so that those used most lie together.
    private var order = [0]

    init(_ literals: [[UInt8]]) {
        for byte in Set(literals.joined()).sorted() {
            classOfByte[Int(byte)] = UInt8(classCount)
            if byte.isASCIILower { classOfByte[Int(byte ^ 0x20)] = UInt8(classCount) }
            classCount += 1
        }
        goto = [Array(repeating: 0, count: classCount)]
        for (number, literal) in literals.enumerated() {
            var state = 0
            for byte in literal {
                let byteClass = Int(classOfByte[Int(byte)])
                if goto[state][byteClass] == 0 {
                    goto.append(Array(repeating: 0, count: classCount))
                    endings.append([])
                    goto[state][byteClass] = goto.count - 1
                }
                state = goto[state][byteClass]
            }
            endings[state].append(number)
        }
    }

    /// Makes every step that the trie lacks the step of the longest suffix that is in it.
    mutating func link() {
        var fallback = Array(repeating: 0, count: goto.count)
        var queue = goto[0].filter { $0 != 0 }
        var done = 0
        while done < queue.count {
            let state = queue[done]
            done += 1
            endings[state] += endings[fallback[state]]
            for byteClass in 0..<classCount {
                let target = goto[state][byteClass]
                let other = goto[fallback[state]][byteClass]
                if target == 0 {
                    goto[state][byteClass] = other
                } else {
                    fallback[target] = other
                    queue.append(target)
                }
            }
        }
        order += queue
    }

    func statesWithEndingsLast() -> [Int] {
        order.filter { endings[$0].isEmpty } + order.filter { !endings[$0].isEmpty }
    }
}
