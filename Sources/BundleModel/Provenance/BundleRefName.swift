/// The names of the refs that bundles live under; the one place where they stand.
public enum BundleRefName {
    /// Where branches of revisions are.
    public static let revisionPrefix = "refs/heads/bundles/"
    /// Where branches of releases are.
    public static let releasePrefix = "refs/heads/channels/"
    /// Where a runtime keeps the last accepted release of each channel.
    public static let acceptedPrefix = "refs/channels/"
    /// Where a runtime holds the releases that live workers use.
    public static let pinPrefix = "refs/pins/"
    /// Where a runtime puts what it took from a file and has not accepted.
    public static let incomingPrefix = "refs/incoming/"

    /// The branch of a bundle's revisions.
    public static func revisions(_ bundle: BundleID) -> String { revisionPrefix + bundle.rawValue }

    /// The branch of a channel's releases.
    public static func releases(_ bundle: BundleID, _ channel: ChannelID) -> String {
        "\(releasePrefix)\(bundle)/\(channel)"
    }

    /// The last accepted release of a channel, in a runtime's repository of one bundle.
    public static func accepted(_ channel: ChannelID) -> String {
        acceptedPrefix + channel.rawValue
    }

    /// A release that a live worker uses, in a runtime's repository of one bundle.
    public static func pin(_ commit: CommitID) -> String { pinPrefix + commit.hex }

    /// What an import of a channel is taken into.
    public static func incoming(_ channel: ChannelID) -> String {
        incomingPrefix + channel.rawValue
    }
}
