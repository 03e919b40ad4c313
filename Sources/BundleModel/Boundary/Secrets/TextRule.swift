/// The rules for secrets that are more than a shape.
///
/// What each finds is in the code of this folder; what it is called, where it comes from and
/// examples are in `boundary-rules.json`, in its section `texts`.
enum TextRule: String, CaseIterable, Sendable {
    case privateKey = "private-key"
    case userInformation = "url-userinfo"
    case header = "authorization-header"
    case commandLine = "secret-on-command-line"
    case besideKey = "secret-beside-key"
    case literal = "secret-literal"

    /// What a match looks like, as a noun phrase.
    var what: String { Self.descriptions[rawValue] ?? rawValue }

    private static let descriptions = Dictionary(
        SecretRules.standard.texts.map { ($0.id, $0.description) }, uniquingKeysWith: { $1 })
}
