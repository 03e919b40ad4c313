/// A value in running text.
struct ValueText {
    let range: Range<Int>
    /// Whether quotes stand around it.
    let isQuoted: Bool
    /// Whether the text ends where the value does, as a value written out does: at the end of the
    /// line, of the quote or at a closing sign.
    let isClear: Bool
}
