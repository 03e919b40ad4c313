internal import BundleModel

/// Ids from the command line.
enum IdentifierArgument {
    /// Reads an id; throws `invalid_request`.
    static func required<Name: Identifier>(
        _ text: String, as type: Name.Type = Name.self
    ) throws(SheafError) -> Name {
        do {
            return try Name(text)
        } catch {
            throw error.asError()
        }
    }

    /// Reads an id where one was given; throws `invalid_request`.
    static func optional<Name: Identifier>(
        _ text: String?, as type: Name.Type = Name.self
    ) throws(SheafError) -> Name? {
        guard let text else { return nil }
        return try required(text)
    }

    /// Makes an id out of any name: `My Agents` becomes `my-agents`; nil when nothing is left.
    static func suggestion<Name: Identifier>(from name: String, as type: Name.Type) -> Name? {
        var text = ""
        for scalar in name.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": text.unicodeScalars.append(scalar)
            default: if !text.isEmpty, !text.hasSuffix("-") { text += "-" }
            }
        }
        text = String(text.prefix(64))
        while text.hasSuffix("-") { text.removeLast() }
        return try? Name(text)
    }
}
