package import BundleModel

/// A branch of a bundle as a server shows it: what it is, and where it stands.
package struct ServedReference: Hashable, Sendable {
    /// What a branch holds.
    package enum Kind: Hashable, Sendable {
        /// Revisions of the bundle.
        case revisions
        /// Releases of the bundle on one channel.
        case releases(ChannelID)
    }

    /// The bundle.
    package let bundle: BundleID
    /// What the branch holds.
    package let kind: Kind
    /// The commit at its tip.
    package let tip: CommitID

    /// Names a branch and its tip.
    package init(bundle: BundleID, kind: Kind, tip: CommitID) {
        self.bundle = bundle
        self.kind = kind
        self.tip = tip
    }

    /// The full name of the reference.
    package var name: String {
        switch kind {
        case .revisions: BundleRefName.revisions(bundle)
        case .releases(let channel): BundleRefName.releases(bundle, channel)
        }
    }

    /// The bundle and kind that the full name of a reference stands for; nil for any other name.
    package static func branch(named name: String) -> (bundle: BundleID, kind: Kind)? {
        if name.hasPrefix(BundleRefName.revisionPrefix) {
            let text = name.dropFirst(BundleRefName.revisionPrefix.count)
            return (try? BundleID(String(text))).map { ($0, .revisions) }
        }
        guard name.hasPrefix(BundleRefName.releasePrefix) else { return nil }
        let parts = name.dropFirst(BundleRefName.releasePrefix.count)
            .split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let bundle = try? BundleID(String(parts[0])),
            let channel = try? ChannelID(String(parts[1]))
        else { return nil }
        return (bundle, .releases(channel))
    }
}
