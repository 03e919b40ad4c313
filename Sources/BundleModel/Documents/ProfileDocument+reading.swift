extension ProfileDocument {
    /// Reads a profile by itself, outside a bundle.
    ///
    /// Throws an error with every finding: `malformed_bundle`, `unsupported_declaration`,
    /// `forbidden_content` or `invalid_profile_selector`.
    package static func read(
        _ bytes: [UInt8], name: ProfileID, path: String
    ) throws(SheafError) -> ProfileDocument {
        let log = FindingLog(path: path)
        let profile = YamlDocument.read(bytes, log: log).flatMap {
            ProfileDocument(yaml: $0, name: name, log: log)
        }
        if let error = SheafError(findings: log.findings, in: "the profile '\(name)'") {
            throw error
        }
        guard let profile else {
            throw SheafError(.malformedBundle, "the profile '\(name)' is empty")
        }
        return profile
    }
}
