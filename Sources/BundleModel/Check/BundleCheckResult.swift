/// What the check of a bundle found.
public struct BundleCheckResult: Hashable, Sendable {
    /// Everything that is wrong, in file and line order.
    public let findings: [Finding]
    /// What could be read; nil when there is no manifest. Complete only without findings.
    public let documents: BundleDocuments?

    init(findings: [Finding], documents: BundleDocuments?) {
        self.findings = findings.sorted()
        self.documents = documents
    }

    /// The documents of a bundle without findings.
    ///
    /// Otherwise throws one error with all findings and the first of their codes.
    public func get(subject: String) throws(SheafError) -> BundleDocuments {
        if let error = SheafError(findings: findings, in: subject) { throw error }
        guard let documents else {
            throw SheafError(.malformedBundle, "\(subject) has no bundle.yaml")
        }
        return documents
    }
}
