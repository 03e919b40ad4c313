/// What may stand around the literals of shapes.
///
/// Most literals in a text are no part of a match, and the bytes next to them tell: they are looked
/// up here, before an automaton is made ready and run.
struct Surroundings: Sendable {
    /// How many bytes on each side are looked at.
    static let reach = 8
    /// Allows everything.
    static let any = 0

    /// For each table and byte the places where the byte may stand, a bit each, the next one first.
    private(set) var places = Array(repeating: UInt8.max, count: 256)
    private var tables: [[ByteSet]: Int] = [:]

    /// The number of the table that allows these bytes at the places next to a literal.
    mutating func table(_ sets: [ByteSet]) -> Int {
        let sets = Array(sets.prefix(Self.reach))
        if sets.allSatisfy({ $0 == .all }) { return Self.any }
        if let table = tables[sets] { return table }
        let table = places.count / 256
        for byte in UInt8.min...UInt8.max {
            var bits = UInt8.max
            for (place, set) in sets.enumerated() where !set.contains(byte) {
                bits &= ~(1 << UInt8(place))
            }
            places.append(bits)
        }
        tables[sets] = table
        return table
    }

    /// Whether the bytes from an index on may be there.
    @inline(__always)
    static func allows(
        _ table: Int, of places: Span<UInt8>, behind index: Int, in bytes: Span<UInt8>
    ) -> Bool {
        if table == any { return true }
        let end = min(bytes.count, index &+ reach)
        var bit: UInt8 = 1
        var index = index
        while index < end {
            if places[table &<< 8 | Int(bytes[index])] & bit == 0 { return false }
            bit = bit &<< 1
            index &+= 1
        }
        return true
    }

    /// The same for the bytes before an index, the last one first.
    @inline(__always)
    static func allows(
        _ table: Int, of places: Span<UInt8>, before index: Int, in bytes: Span<UInt8>
    ) -> Bool {
        if table == any { return true }
        let end = max(0, index &- reach)
        var bit: UInt8 = 1
        var index = index
        while index > end {
            index &-= 1
            if places[table &<< 8 | Int(bytes[index])] & bit == 0 { return false }
            bit = bit &<< 1
        }
        return true
    }
}
