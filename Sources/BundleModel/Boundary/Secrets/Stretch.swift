/// A part of a text that is known not to hold one kind of closing sign, so that later looks for it
/// go on behind.
///
/// Many openings before one closing would each look as far as any.
struct Stretch {
    private var sign = 0
    private var range = 0..<0

    /// Where a look for the sign from a start on has to begin.
    func end(without sign: Int, from start: Int) -> Int {
        self.sign == sign && range.contains(start) ? range.upperBound : start
    }

    /// Neither the sign nor the end of a line stands between a start and an end.
    mutating func add(_ sign: Int, from start: Int, to end: Int) {
        guard end > start else { return }
        range =
            self.sign == sign && range.contains(start)
            ? range.lowerBound..<max(range.upperBound, end) : start..<end
        self.sign = sign
    }
}
