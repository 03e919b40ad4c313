/// The trie of the literals and its failure links, as it is built.
struct LiteralTrie {
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
