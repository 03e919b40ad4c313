extension ProfileDocument {
    /// Reads a profile from text, e.g. one that is compiled into a runtime.
    ///
    /// Throws an error with every finding; codes `malformed_bundle`, `unsupported_declaration`,
    /// `forbidden_content`, `invalid_profile_selector`.
    public init(name: ProfileID, yaml text: String) throws(SheafError) {
        let path = "profiles/\(name).yaml"
        let log = FindingLog(path: path)
        let document = YamlDocument.read(Array(text.utf8), log: log).flatMap {
            ProfileDocument(yaml: $0, name: name, log: log)
        }
        if let error = SheafError(findings: log.findings, in: "'\(path)'") { throw error }
        guard let document else {
            throw SheafError(.malformedBundle, "'\(path)' is not a profile")
        }
        self = document
    }
}
