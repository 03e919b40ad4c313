/// The check of a whole bundle, from the names, sizes and bytes of its files.
///
/// The same check runs on a directory, at publish, in the push gate, after a fetch and at import.
public enum BundleCheck {
    /// The number of findings after which no further file is read.
    ///
    /// A bundle with so many is hostile or not a bundle; a longer list would help nobody.
    public static let maximumFindings = 5_000

    /// Checks a bundle.
    ///
    /// Names are taken as they come, so that what is wrong with them is found too. Nothing is
    /// read when there are too many files or bytes; a file over its limit is not read.
    /// Findings have the codes `malformed_bundle`, `unsupported_declaration`,
    /// `forbidden_content`, `invalid_profile_selector` and `limit_exceeded`.
    public static func run(
        entries: [(name: [UInt8], size: Int)], limits: ContentLimits = .standard,
        read: (BundlePath) throws -> [UInt8]
    ) rethrows -> BundleCheckResult {
        try run(
            entries: entries, limits: limits,
            parse: { path in
                ParsedDocument(path: path, bytes: try read(path), limits: limits)
            })
    }

    /// Checks a bundle whose files may have been read before.
    ///
    /// `parse` gives the file at a path, from its bytes or from an earlier result for the same
    /// path, bytes and limits.
    public static func run(
        entries: [(name: [UInt8], size: Int)], limits: ContentLimits = .standard,
        parse: (BundlePath) throws -> ParsedDocument
    ) rethrows -> BundleCheckResult {
        var listing = RawListing(isOrdered: false, limits: limits)
        listing.add(all: entries.lazy.map { RawEntry(path: $0.name, size: $0.size) })
        return try run(listing, limits: limits) { path, _ in try parse(path) }
    }

    /// Checks a bundle as one of the doors listed it.
    ///
    /// `parse` gives the file at a path, which has this number among the entries.
    package static func run(
        _ raw: RawListing, limits: ContentLimits = .standard,
        parse: (BundlePath, Int) throws -> ParsedDocument
    ) rethrows -> BundleCheckResult {
        let listing = BundleListing(EntryCheck(raw, limits: limits), limits: limits)
        guard listing.isReadable else {
            return BundleCheckResult(findings: listing.findings, documents: nil)
        }
        var parsed: [ParsedDocument] = []
        var findings = listing.findings
        for file in listing.files {
            let document = try parse(file.path, file.index)
            if file.kind.isDocument { parsed.append(document) }
            if !document.findings.isEmpty { findings += document.findings }
            guard findings.count < maximumFindings else {
                return BundleCheckResult(findings: findings, documents: nil)
            }
        }
        guard let documents = BundleDocuments(parsed, paths: listing.paths) else {
            return BundleCheckResult(findings: findings, documents: nil)
        }
        let references =
            ReferenceCheck(documents, names: listing.names).run() + VariableCheck(documents).run()
        return BundleCheckResult(
            findings: without(findings, what: references) + references, documents: documents)
    }

    /// Findings but for those that the schema states better: a literal in the place of a reference
    /// is said once.
    private static func without(_ findings: [Finding], what stated: [Finding]) -> [Finding] {
        let literals = stated.filter { $0.code == .forbiddenContent }
        guard !literals.isEmpty else { return findings }
        return findings.filter { finding in
            finding.code != .forbiddenContent
                || !literals.contains { $0.path == finding.path && $0.line == finding.line }
        }
    }
}
