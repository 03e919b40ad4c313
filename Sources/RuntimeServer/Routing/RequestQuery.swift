internal import BundleModel
internal import Hummingbird

/// The query of a request: known names, each once, and values that need no decoding.
struct RequestQuery: Sendable {
    private var values: [String: String] = [:]

    /// Throws `invalid_request` for a name that is not among those known, or is there twice, and for
    /// a value with `%` or `+` in it.
    init(_ request: Request, known: Set<String>) throws(SheafError) {
        let text = request.uri.query ?? ""
        for part in text.split(separator: "&", omittingEmptySubsequences: false)
        where !text.isEmpty {
            let pair = part.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false
            ).map(String.init)
            let shown = DisplayText.escape(String(pair[0].prefix(64)))
            guard known.contains(pair[0]) else {
                throw SheafError(
                    .invalidRequest, "the parameter '\(shown)' is not known here",
                    details: ["parameter": shown])
            }
            guard pair.count == 2, pair[1].utf8.count <= 256,
                !pair[1].contains(where: { $0 == "%" || $0 == "+" }),
                values.updateValue(pair[1], forKey: pair[0]) == nil
            else { throw Self.malformed(pair[0]) }
        }
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
