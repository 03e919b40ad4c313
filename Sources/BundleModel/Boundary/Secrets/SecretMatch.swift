/// A match of one rule for secrets, before those that overlap are made one.
struct SecretMatch: Hashable, Sendable {
    let rule: String
    let range: Range<Int>
    let excerpt: String
    let what: String
    let hint: String

    /// What to write in place of any secret.
    static let hint =
        "write a reference such as secret:<name> that a host resolves, and revoke this value"

    /// - Parameter bytes: the view that holds the match.
    init(rule: String, range: Range<Int>, in bytes: Span<UInt8>, what: String) {
        self.rule = rule
        self.range = range
        self.what = what
        hint = Self.hint
        excerpt = Self.excerpt(bytes, range)
    }

    init(_ rule: TextRule, range: Range<Int>, in bytes: Span<UInt8>) {
        self.init(rule: rule.rawValue, range: range, in: bytes, what: rule.what)
    }

    private init(_ other: SecretMatch, range: Range<Int>) {
        rule = other.rule
        self.range = range
        excerpt = other.excerpt
        what = other.what
        hint = other.hint
    }

    /// Whether a shape was found: it says more than a key beside it.
    private var isShape: Bool { TextRule(rawValue: rule) == nil }

    func moved(to range: Range<Int>) -> SecretMatch { SecretMatch(self, range: range) }

    /// At most four characters, and at most a third of a short match.
    private static func excerpt(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        var head: [UInt8] = []
        for index in range.lowerBound..<min(range.upperBound, range.lowerBound + 16) {
            head.append(bytes[index])
        }
        let text = String(decoding: head, as: UTF8.self)
        return DisplayText.escape(String(text.prefix(min(4, max(1, range.count / 3)))))
    }

    /// In order, and one for each text: of matches that overlap the first, a shape before others,
    /// and what the text itself shows before what is decoded from it.
    static func merged(_ shown: [SecretMatch], _ decoded: [SecretMatch]) -> [SecretMatch] {
        let shown = merged(shown)
        guard !decoded.isEmpty else { return shown }
        var kept = shown
        var index = 0
        for match in merged(decoded) {
            while index < shown.count, shown[index].range.upperBound <= match.range.lowerBound {
                index += 1
            }
            if index == shown.count || shown[index].range.lowerBound >= match.range.upperBound {
                kept.append(match)
            }
        }
        return kept.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private static func merged(_ matches: [SecretMatch]) -> [SecretMatch] {
        guard matches.count > 1 else { return matches }
        var kept: [SecretMatch] = []
        for match in matches.enumerated().sorted(by: {
            ($0.element.range.lowerBound, $0.element.isShape ? 0 : 1, $0.offset)
                < ($1.element.range.lowerBound, $1.element.isShape ? 0 : 1, $1.offset)
        }).map(\.element) {
            if let last = kept.last, last.range.overlaps(match.range) || last.range == match.range {
                continue
            }
            kept.append(match)
        }
        return kept
    }

    var boundaryMatch: BoundaryMatch {
        BoundaryMatch(
            rule: rule, offset: range.lowerBound, excerpt: excerpt, what: what, hint: hint)
    }
}
