internal import BundleModel

/// One of the two kinds of branches that a push may move.
enum GatedBranch: Hashable {
    /// The revisions of a bundle.
    case revisions(BundleID)
    /// The releases of one of its channels.
    case releases(BundleID, ChannelID)

    /// Reads the full name of a reference; throws `invalid_request` for any other kind of it.
    init(_ name: String) throws(SheafError) {
        if name.hasPrefix(BundleRefName.revisionPrefix) {
            let rest = name.dropFirst(BundleRefName.revisionPrefix.count)
            self = .revisions(try Self.id(rest, in: name))
        } else if name.hasPrefix(BundleRefName.releasePrefix) {
            let rest = name.dropFirst(BundleRefName.releasePrefix.count)
            let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw Self.refusal(name) }
            self = .releases(try Self.id(parts[0], in: name), try Self.id(parts[1], in: name))
        } else {
            throw Self.refusal(name)
        }
    }

    private static func id<Name: Identifier>(
        _ text: Substring, in name: String, as type: Name.Type = Name.self
    ) throws(SheafError) -> Name {
        do {
            return try Name(String(text))
        } catch {
            throw SheafError(
                .invalidRequest, "\(shown(name)): \(error)",
                hint: "use lowercase letters, digits, '.', '_' and '-'")
        }
    }

    private static func refusal(_ name: String) -> SheafError {
        SheafError(
            .invalidRequest, "\(shown(name)) is neither a branch of revisions nor of releases",
            hint: "only \(BundleRefName.revisionPrefix)<bundle> and "
                + "\(BundleRefName.releasePrefix)<bundle>/<channel> are taken here")
    }

    private static func shown(_ name: String) -> String {
        "'\(DisplayText.escape(String(name.prefix(256))))'"
    }
}
