/// One thing that the boundary refuses, in one view of a text.
///
/// It never holds the match itself: ``excerpt`` has at most its first four characters.
struct BoundaryMatch: Hashable, Sendable {
    /// The id of the rule, as in `boundary-rules.json`.
    let rule: String
    /// Where the match starts, in bytes from the start of the view.
    let offset: Int
    /// At most the first four characters of the match.
    let excerpt: String
    /// What it looks like, as a noun phrase: `a GitHub token`.
    let what: String
    /// What to write instead.
    let hint: String
}
