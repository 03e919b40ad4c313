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

    init(path: String) {
        self.path = path
    }

    /// Whether nothing more will be listed.
    var isFull: Bool { raw.count + valued.count >= BoundaryScan.maximumFindings }

    /// Adds a match.
    ///
    /// - Parameter inValue: whether a decoded scalar showed it and not the bytes; then it counts
    ///   only where the bytes show nothing that is the same.
    mutating func add(_ match: BoundaryMatch, at position: TextPosition, inValue: Bool) {
        add(match, line: position.line, column: position.column, inValue: inValue)
    }

    /// Adds a match at a line and column, or one in the name of the file.
    mutating func add(_ match: BoundaryMatch, line: Int?, column: Int?, inValue: Bool) {
        let sight = Sight(
            rule: match.rule, line: line, column: column, excerpt: match.excerpt)
        guard !isFull, seen.insert(sight).inserted else { return }
        let finding = Finding(
            code: .forbiddenContent, rule: match.rule, path: path, line: line, column: column,
            message: "'\(DisplayText.escape(match.excerpt))…' is \(match.what)", hint: match.hint)
        if inValue {
            valued.append((finding, match.excerpt))
        } else {
            raw.append(finding)
            shown.insert(Place(line: line ?? 0, text: match.excerpt))
            rules.insert(Place(line: line ?? 0, text: match.rule))
        }
    }

    /// All findings, in order.
    var findings: [Finding] {
        var all = raw
        var places: Set<Place> = []
        for (finding, excerpt) in valued {
            let line = finding.line ?? 0
            if shown.contains(Place(line: line, text: excerpt)) { continue }
            if rules.contains(Place(line: line, text: finding.rule)) { continue }
            // Two rules may see one value; the first says enough.
            guard
                places.insert(Place(line: line, text: "\(finding.column ?? 0) \(excerpt)")).inserted
            else { continue }
            all.append(finding)
        }
        return all.sorted()
    }
}
