/// Makes findings of matches, so that each thing that was found is said once, whichever view of the
/// file showed it.
struct BoundaryFindings {
    private struct Place: Hashable {
        let line: Int
        let text: String
    }

    /// What makes a match another one than those before.
    private struct Sight: Hashable {
        let rule: String
        let line: Int?
        let column: Int?
        let excerpt: String
    }

    private let path: String
    private var raw: [Finding] = []
    private var valued: [(finding: Finding, excerpt: String)] = []
    /// What the bytes themselves showed: line and excerpt, line and rule.
    private var shown: Set<Place> = []
    private var rules: Set<Place> = []
    private var seen: Set<Sight> = []
    /// Whether something was found that is not kept.
    private var hasMore = false

    init(path: String) {
        self.path = path
    }

    /// Whether nothing more is kept.
    var isFull: Bool { hasMore }

    /// Adds a match.
    ///
    /// - Parameter inValue: whether a decoded scalar showed it and not the bytes; then it counts
    ///   only where the bytes show nothing that is the same.
    mutating func add(_ match: BoundaryMatch, at position: TextPosition, inValue: Bool) {
        add(match, line: position.line, column: position.column, inValue: inValue)
    }

    /// Adds a match at a line and column, or one in the name of the file.
    mutating func add(_ match: BoundaryMatch, line: Int?, column: Int?, inValue: Bool) {
        guard !hasMore else { return }
        let sight = Sight(
            rule: match.rule, line: line, column: column, excerpt: match.excerpt)
        guard seen.insert(sight).inserted else { return }
        // Asked before a finding is made of it: a hostile file has the same thing in every value.
        if inValue, isShown(line, match.rule, match.excerpt) { return }
        let finding = Finding(
            code: .forbiddenContent, rule: match.rule, path: path, line: line, column: column,
            message: "'\(DisplayText.escape(match.excerpt))…' is \(match.what)", hint: match.hint)
        let limit = BoundaryScan.maximumFindings
        if !inValue {
            hasMore = raw.count == limit
            if hasMore { return }
            raw.append(finding)
            shown.insert(Place(line: line ?? 0, text: match.excerpt))
            rules.insert(Place(line: line ?? 0, text: match.rule))
        } else {
            hasMore = valued.count == limit
            if hasMore { return }
            valued.append((finding, match.excerpt))
        }
    }

    /// Whether the bytes show the same.
    private func isShown(_ line: Int?, _ rule: String, _ excerpt: String) -> Bool {
        shown.contains(Place(line: line ?? 0, text: excerpt))
            || rules.contains(Place(line: line ?? 0, text: rule))
    }

    /// All findings, in order; of too many the first, and one that says that there are more.
    var findings: [Finding] {
        var all = raw
        var places: Set<Place> = []
        // The bytes of the last values may have been looked at after the values.
        for (finding, excerpt) in valued where !isShown(finding.line, finding.rule, excerpt) {
            // Two rules may see one value; the first says enough.
            let place = Place(line: finding.line ?? 0, text: "\(finding.column ?? 0) \(excerpt)")
            if places.insert(place).inserted { all.append(finding) }
        }
        all.sort()
        let limit = BoundaryScan.maximumFindings
        guard hasMore || all.count > limit, all.count >= limit else { return all }
        let first = all[limit - 1]
        let more = Finding(
            code: .forbiddenContent, rule: BoundaryScan.moreFindings, path: path,
            line: first.line, column: first.column,
            message: "there is more from here on than the \(limit) findings that are listed of one"
                + " file", hint: "mend what is listed and scan the file again")
        return all.prefix(limit - 1) + [more]
    }
}
