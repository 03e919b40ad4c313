/// Collects what is wrong with one file, so that a reader learns everything at once.
package final class FindingLog {
    /// The file's path, for findings.
    package let path: String
    /// The code of a broken structure: `malformed_bundle`, or the file's own code.
    package let malformedCode: SheafError.Code
    /// The code of a key, kind or schema that is not known.
    package let unsupportedCode: SheafError.Code
    /// What was reported, in the order of reporting.
    package private(set) var findings: [Finding] = []

    /// Findings of one file; what is beyond is not listed.
    package static let maximum = 500
    /// Whether nothing more will be listed.
    package var isFull: Bool { findings.count >= Self.maximum }

    /// Creates a log; files that are not part of a bundle have codes of their own.
    package init(
        path: String, malformed: SheafError.Code = .malformedBundle,
        unsupported: SheafError.Code = .unsupportedDeclaration
    ) {
        self.path = path
        malformedCode = malformed
        unsupportedCode = unsupported
    }

    /// Reports a finding.
    package func report(
        _ code: SheafError.Code, _ rule: String, at mark: SourceMark?, _ message: String,
        hint: String? = nil
    ) {
        guard findings.count < Self.maximum else { return }
        findings.append(
            Finding(
                code: code, rule: rule, path: path, line: mark?.line, column: mark?.column,
                message: message, hint: hint))
    }

    /// Reports a broken structure, a wrong type or a missing part.
    package func malformed(
        _ rule: String, at mark: SourceMark?, _ message: String, hint: String? = nil
    ) {
        report(malformedCode, rule, at: mark, message, hint: hint)
    }

    /// Reports a key, kind, schema or scheme that this version does not know.
    package func unsupported(
        _ rule: String, at mark: SourceMark?, _ message: String, hint: String? = nil
    ) {
        report(unsupportedCode, rule, at: mark, message, hint: hint)
    }
}
