extension DeclarationReference {
    /// Reads a capability that somebody requires: `capability:<name>`, or `<name>` for short.
    ///
    /// Throws `invalid_request`.
    public init(capability text: String) throws(SheafError) {
        let whole = text.hasPrefix("capability:") ? text : "capability:\(text)"
        guard let reference = DeclarationReference(whole) else {
            throw SheafError(
                .invalidRequest,
                "'\(DisplayText.escape(String(text.prefix(64))))' is no name of a capability",
                hint: "write <name> or capability:<name>, as the bundle's declaration does")
        }
        self = reference
    }
}
