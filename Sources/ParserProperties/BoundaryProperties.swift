internal import BundleModel
internal import Synchronization

/// What holds for the scan for what may never be inside a bundle, whatever it reads.
///
/// The first line of an input is the path of the file, the rest is its contents.
enum BoundaryProperties {
    static func check(_ input: [UInt8]) throws(BrokenProperty) {
        let end = input.firstIndex(of: 0x0A) ?? input.endIndex
        let path = String(decoding: input[..<end], as: UTF8.self)
        let bytes = Array(input[end...].dropFirst())
        let findings = BoundaryScan.findings(in: bytes, path: path)
        try requireEqual(
            BoundaryScan.findings(in: bytes, path: path), findings,
            "the same file is scanned alike twice")
        try check(findings)
        // In UTF-16 lines are other bytes.
        if bytes.first.map({ $0 < 0xFE }) ?? true { try checkPlaces(findings, bytes) }

        let checksum = input.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
        for size in [1, 2 + checksum % 97, max(1, bytes.count / 2)] {
            try requireEqual(
                parts(bytes, of: size, path: path), findings,
                "the parts that a file comes in make no difference")
        }
        if checksum % 64 == 0 { try checkWindow(bytes, path, checksum) }
        try checkText(String(decoding: bytes, as: UTF8.self))
    }

    private static func parts(_ bytes: [UInt8], of size: Int, path: String) -> [Finding] {
        var scan = FileScan(path: path)
        var rest = bytes[...]
        while rest.count > size {
            scan.read(rest.prefix(size), isLast: false)
            rest = rest.dropFirst(size)
        }
        scan.read(rest, isLast: true)
        return scan.findings
    }

    /// A file of more than one window, with the input where one of them ends.
    private static func checkWindow(
        _ bytes: [UInt8], _ path: String, _ checksum: Int
    ) throws(BrokenProperty) {
        let line = Array("Answer in the language of the ticket.\n".utf8)
        var text: [UInt8] = []
        while text.count < 112 * 1024 + checksum / 4 { text += line }
        text += bytes
        while text.count < 160 * 1024 { text += line }
        try requireEqual(
            parts(text, of: 10_000 + checksum, path: path),
            BoundaryScan.findings(in: text, path: path),
            "what a window ends in is found once, with its place")
    }

    // MARK: Findings

    private static func check(_ findings: [Finding]) throws(BrokenProperty) {
        try require(
            findings.count <= BoundaryScan.maximumFindings, "there are at most so many findings")
        try requireEqual(findings.sorted(), findings, "findings are in the order of the file")
        try requireEqual(Set(findings).count, findings.count, "each thing is said once")
        for finding in findings {
            try requireEqual(finding.code, .forbiddenContent, "a finding has the code")
            if finding.rule != BoundaryScan.moreFindings { try checkMessage(finding) }
            if let path = finding.path {
                try require(
                    BoundaryScan.findings(inText: path, named: "path").isEmpty,
                    "a path is shown without what is refused in it", found: path)
            }
        }
    }

    private static func checkPlaces(
        _ findings: [Finding], _ bytes: [UInt8]
    ) throws(BrokenProperty) {
        let places = FindingProperties(bytes)
        for finding in findings {
            try places.checkPlace(line: finding.line, column: finding.column)
        }
    }

    /// What each rule says beside the first characters of a match.
    private static let texts = Mutex<[String: Set<String>]>([:])
    /// One rule finds several things, but it has a word for each: what repeats the input has more.
    private static let maximumTexts = 100

    /// A message is `'<four characters>…' is <what it looks like>`.
    private static func checkMessage(_ finding: Finding) throws(BrokenProperty) {
        let parts = finding.message.split(separator: "…' is ", maxSplits: 1)
        // By bytes: what was found may begin with an accent, which the quote would take.
        guard parts.count == 2, parts[0].utf8.first == UInt8(ascii: "'") else {
            throw BrokenProperty(property: "a message has its form", found: finding.message)
        }
        // A character that would disturb a terminal is shown as `\u{1b}`.
        let excerpt = String(Substring(parts[0].utf8.dropFirst()))
            .replacing(/\\u\{[0-9a-f]+\}/, with: "?")
        try require(
            excerpt.count <= 4, "at most four characters of a match are shown",
            found: finding.message)
        let count = texts.withLock {
            $0[finding.rule, default: []].insert("\(parts[1]) \(finding.hint ?? "")")
            return $0[finding.rule]?.count ?? 0
        }
        try require(
            count <= maximumTexts, "what a rule says does not depend on the match",
            found: "\(finding.message) \(finding.hint ?? "")")
    }

    /// A short text, such as a commit message, is scanned by the same rules.
    private static func checkText(_ text: String) throws(BrokenProperty) {
        let findings = BoundaryScan.findings(inText: text, named: "commit message")
        try check(findings)
        try checkPlaces(findings, Array(text.utf8))
    }
}
