/// The words before a credential in an `Authorization` header.
enum AuthenticationScheme {
    static let names = WordSet(WordList.authenticationScheme.words)

    /// What follows the scheme, when the value starts with one.
    static func stripped(_ value: [UInt8]) -> [UInt8]? {
        guard let space = value.firstIndex(of: 0x20),
            names.containsFolded(value[..<space])
        else { return nil }
        return StandIn.trimmed(Array(value[space...]))
    }
}
