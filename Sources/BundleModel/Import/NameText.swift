internal import Foundation

/// Names that people write, brought into the grammar of ids.
enum NameText {
    /// The id nearest to a text; nil when nothing of it is left.
    ///
    /// Letters lose case and accents; whatever an id cannot contain becomes a hyphen.
    static func identifier(_ text: String) -> String? {
        var id = ""
        var endsInside = false
        for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9":
                id.unicodeScalars.append(scalar)
                endsInside = true
            case _ where scalar.properties.canonicalCombiningClass != .notReordered:
                // An accent belongs to the letter before it.
                break
            default:
                let isKept = scalar == "." || scalar == "_"
                if endsInside { id.unicodeScalars.append(isKept ? scalar : "-") }
                endsInside = false
            }
        }
        return valid(trimmed(id, to: IdentifierRules.maximumLength))
    }

    /// An id that is unique among those made from different sources: the nearest one and eight
    /// digits of the source's SHA-256.
    static func numbered(_ id: String, otherwise fallback: String, by source: String) -> String {
        let digits = SHA256Value(hashing: Array(source.utf8)).hex.prefix(8)
        let stem = trimmed(id, to: IdentifierRules.maximumLength - 9)
        return "\(stem.isEmpty ? fallback : stem)-\(digits)"
    }

    private static func trimmed(_ id: String, to length: Int) -> String {
        func isOuter(_ character: Character) -> Bool { character.isLetter || character.isNumber }
        let start = id.drop { !isOuter($0) }.prefix(length)
        guard let last = start.lastIndex(where: isOuter) else { return "" }
        return String(start[...last])
    }

    /// What the grammar refuses although its characters are right gets a suffix or loses a dot.
    private static func valid(_ text: String) -> String? {
        if text.isEmpty { return nil }
        var id = text
        for ending in [".lock", ".git"] where id.hasSuffix(ending) {
            id = id.dropLast(ending.count) + "-" + ending.dropFirst()
        }
        if IdentifierRules.problem(with: id) == nil { return id }
        id = trimmed(id, to: IdentifierRules.maximumLength - 6) + "-agent"
        return IdentifierRules.problem(with: id) == nil ? id : nil
    }
}
