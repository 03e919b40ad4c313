/// The scan for what may never be inside a bundle: secrets, and what describes one host.
///
/// The same scan runs behind `sheaf scan` and at every door of a bundle. It needs no valid bundle
/// around a file, skips no size, line length or extension, and takes time in proportion to the
/// input. Every finding has the code `forbidden_content` and the id of a rule in
/// `boundary-rules.json`, or of ``moreFindings``; it shows at most the first four characters of what
/// it found.
public enum BoundaryScan {
    /// Findings in one file; when there are more, the last one is of the rule ``moreFindings``.
    public static let maximumFindings = 500
    /// The rule of the finding that says that there are more.
    public static let moreFindings = "more-findings"

    /// Reads the rules and builds what the first scan needs, some milliseconds of work, so that a
    /// program can do it beside others.
    public static func prepare() {
        // A look at both: what is only named may be left out of a program.
        _ = findings(in: [0x2F], path: "a.md")
    }

    /// Everything that the boundary refuses in a file: in its bytes, its decoded scalars and its
    /// name, in the order of lines.
    ///
    /// - Parameters:
    ///   - bytes: the whole file; ``FileScan`` takes a file in parts.
    ///   - path: the path inside the bundle, or any relative path.
    public static func findings(in bytes: [UInt8], path: String) -> [Finding] {
        var scan = FileScan(path: path)
        scan.read(bytes[...], isLast: true)
        return scan.findings
    }

    /// Everything that the boundary refuses in a short text that is no file: a commit message with
    /// its trailers, the name of a ref.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - name: what the text is, as findings show it in place of a path.
    public static func findings(inText text: String, named name: String) -> [Finding] {
        let bytes = Array(text.utf8)
        var log = BoundaryFindings(path: name)
        var position = TextPosition()
        var counted = 0
        for match in SecretScan.scan(of: bytes.count).matches(inText: text) {
            let offset = max(counted, min(match.offset, bytes.count))
            position.advance(over: bytes[counted..<offset])
            counted = offset
            log.add(match, at: position, inValue: false)
        }
        return log.findings
    }
}
