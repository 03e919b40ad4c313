internal import BundleModel

/// An error as JSON.
struct ErrorView: Encodable {
    struct Body: Encodable {
        let code: String
        let message: String
        let details: [String: String]?
        let hint: String?
        let findings: [Finding]?
    }

    let error: Body

    init(_ error: SheafError) {
        self.error = Body(
            code: error.code.rawValue, message: error.message,
            details: error.details.isEmpty ? nil : error.details, hint: error.hint,
            findings: error.findings.isEmpty ? nil : error.findings)
    }
}
