/// One scalar of a structured file as its reader would see it, escapes and folding undone.
struct ScannedValue: Hashable, Sendable {
    /// How the scalar is written.
    enum Style: Hashable, Sendable {
        case plain, quoted
        /// A literal or folded block, a multi-line string.
        case block
        /// `!!binary`: ``text`` is what is written, without line breaks.
        case binary
        /// A key of a mapping; its own text is scanned like a value.
        case key
        /// A comment; prose, not a value.
        case comment
    }

    /// The keys around it, outermost first, also through lists; empty at the top.
    let keys: [[UInt8]]
    /// The scalar in UTF-8, decoded.
    let text: [UInt8]
    let style: Style
    /// Where it starts in the file, counted from 1.
    let line: Int
    /// In Unicode scalars, counted from 1.
    let column: Int
    /// The scalar beside it in the same mapping that names it, as `name:` and `key:` do for
    /// `value:`; nil for most.
    let pairName: [UInt8]?

    /// Whether a line break in ``text`` is one in the file: not one that folding made or an escape.
    var keepsLines = false
    /// The name of a tag of the file's own, `secret` of `!secret`; nil for most.
    var tag: [UInt8]? = nil
    /// Whether an alias stands here, and ``text`` is the start of what its anchor marks, which was
    /// handed out where it is written.
    var isAlias = false
    /// What the text holds literals for, where that is known.
    var prospect: SecretScan.Prospect?
    /// Whether the text is known to hold no path, as it stands.
    var isPathless = false

    /// The key that it stands under, or nil at the top.
    var key: [UInt8]? { keys.last }
}
