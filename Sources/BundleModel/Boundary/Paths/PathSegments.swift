/// What stands between the slashes of a path, as ranges of the text around it; empty parts are left
/// out.
///
/// They are kept in place and not in an array: a hostile text has a path every few bytes.
struct PathSegments {
    /// More are left out.
    static let most = 24

    private var starts = SIMD32<UInt16>()
    private var ends = SIMD32<UInt16>()
    /// What ``starts`` and ``ends`` count from.
    private let base: Int
    private var lower = 0
    private var upper = 0

    /// No segments yet of a path that begins at an index.
    init(from base: Int) { self.base = base }

    mutating func append(_ segment: Range<Int>) {
        guard upper < Self.most else { return }
        starts[upper] = UInt16(segment.lowerBound - base)
        ends[upper] = UInt16(segment.upperBound - base)
        upper += 1
    }

    var count: Int { upper - lower }
    var isEmpty: Bool { upper == lower }
    var first: Range<Int>? { isEmpty ? nil : self[0] }
    var last: Range<Int>? { isEmpty ? nil : self[count - 1] }

    subscript(number: Int) -> Range<Int> {
        let place = lower + number
        return base + Int(starts[place])..<base + Int(ends[place])
    }

    func dropFirst(_ count: Int = 1) -> PathSegments {
        var rest = self
        rest.lower = min(upper, lower + count)
        return rest
    }
}
