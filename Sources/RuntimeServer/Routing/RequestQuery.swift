internal import BundleModel
internal import Hummingbird

/// The query of a request: known names, each once, and values that need no decoding.
struct RequestQuery: Sendable {
    private var values: [String: String] = [:]

    /// Throws `invalid_request` for a name that is not among those known, or is there twice, and for
    /// a value with `%` or `+` in it.
    init(_ request: Request, known: Set<String>) throws(SheafError) {
        guard let text = request.uri.query, !text.isEmpty else { return }
        for part in text.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
        {
            let pair = part.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(Substring(pair[0]))
            guard known.contains(name) else {
                let shown = DisplayText.escape(String(name.prefix(64)))
                throw SheafError(
                    .invalidRequest, "the parameter '\(shown)' is not known here",
                    details: ["parameter": shown])
            }
            guard pair.count == 2, pair[1].count <= 256, !pair[1].contains(where: Self.isEncoded),
                values.updateValue(String(Substring(pair[1])), forKey: name) == nil
            else { throw Self.malformed(name) }
        }
    }

    private static func isEncoded(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+")
    }

    /// A value; nil when it is not there.
    func text(_ name: String) -> String? { values[name] }

    /// A number in digits; throws `invalid_request` for anything else.
    func number(_ name: String) throws(SheafError) -> Int? {
        guard let text = values[name] else { return nil }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
            throw Self.malformed(name)
        }
        return number
    }

    /// The commit that must be there.
    func commit() throws(SheafError) -> CommitID {
        guard let commit = values["commit"].flatMap({ CommitID($0) }) else {
            throw Self.malformed("commit")
        }
        return commit
    }

    /// The workspace; nil when it is not there.
    func workspace() throws(SheafError) -> WorkspaceID? {
        guard let text = values["workspace"] else { return nil }
        guard let workspace = try? WorkspaceID(text) else { throw Self.malformed("workspace") }
        return workspace
    }

    private static func malformed(_ name: String) -> SheafError {
        SheafError(
            .invalidRequest, "the parameter '\(name)' is missing, repeated or malformed",
            details: ["parameter": name])
    }
}
