/// What stands at the first places of a text that a pattern matches.
extension Pattern {
    /// For each of the first places the bytes that may stand there: all behind a match.
    ///
    /// A text of this length with another byte at one of them is no match, nor is the start of one.
    func places(_ count: Int) -> [ByteSet] {
        var places = Places(count: min(count, Places.most))
        let ends = places.read(.sequence(parts), from: 1)
        for place in 0..<places.sets.count where ends & 1 << UInt64(place) != 0 {
            places.insert(notAfter.complement, at: place)
            for behind in places.sets.indices.dropFirst(place + 1) {
                places.insert(.all, at: behind)
            }
        }
        return places.sets
    }

    /// What was read of the nodes: sets of places are the bits of a number.
    private struct Places {
        static let most = 63

        private(set) var sets: [ByteSet]
        /// The places that are asked for, and the one behind them.
        private let mask: UInt64

        init(count: Int) {
            sets = Array(repeating: ByteSet(), count: count)
            mask = 1 << UInt64(count + 1) - 1
        }

        mutating func insert(_ bytes: ByteSet, at place: Int) {
            sets[place] = sets[place].union(bytes)
        }

        /// Reads a node that may begin at each of some places; gives where it may end.
        mutating func read(_ node: Node, from starts: UInt64) -> UInt64 {
            // Nothing of it is at a place that is asked for.
            if starts == 0 { return 0 }
            switch node {
            case .bytes(let bytes):
                var rest = starts & mask >> 1
                while rest != 0 {
                    insert(bytes, at: rest.trailingZeroBitCount)
                    rest &= rest - 1
                }
                return starts << 1 & mask
            case .sequence(let parts):
                return parts.reduce(starts) { read($1, from: $0) }
            case .choice(let branches):
                return branches.reduce(0) { $0 | read($1, from: starts) }
            case .repeated(let node, let atLeast, let atMost):
                var reached = starts
                for _ in 0..<min(atLeast, Self.most + 1) where reached != 0 {
                    reached = read(node, from: reached)
                }
                var ends = reached
                // Behind so many rounds no place is new.
                for _ in 0..<min((atMost ?? .max) - atLeast, Self.most + 1) {
                    reached = read(node, from: reached)
                    if reached & ~ends == 0 { break }
                    ends |= reached
                }
                return ends
            }
        }
    }
}
