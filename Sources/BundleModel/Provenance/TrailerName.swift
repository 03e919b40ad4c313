/// The names of the trailers that Sheaf writes and reads; the one place where they stand.
public enum TrailerName: String, CaseIterable, Sendable, Hashable {
    /// The workspace that owns the bundle.
    case workspace = "Bundle-Workspace"
    /// The bundle.
    case bundle = "Bundle-Id"
    /// The number of the revision, from 1.
    case revision = "Bundle-Revision"
    /// The digest of the contents.
    case digest = "Bundle-Digest"
    /// Where the contents came from.
    case source = "Bundle-Source"
    /// Whether the source had uncommitted changes; only for a source in Git.
    case sourceState = "Bundle-Source-State"
    /// The program that made the commit.
    case publisher = "Bundle-Publisher"
    /// The channel of a release.
    case channel = "Release-Channel"
    /// The number of a release on its channel, from 1.
    case sequence = "Release-Sequence"
    /// The commit of the revision that is released.
    case revisionCommit = "Release-Revision-Commit"
    /// Why it was released, in one line.
    case reason = "Release-Reason"
    /// Who approved a release; reserved.
    case approvedBy = "Release-Approved-By"
    /// The earlier chain that a channel's chain continues; reserved.
    case continues = "Release-Continues"

    /// Whether a trailer of this name belongs to releases alone.
    public var isRelease: Bool { rawValue.hasPrefix("Release-") }

    /// Whether the name is accepted without a meaning yet.
    public var isReserved: Bool { self == .approvedBy || self == .continues }

    /// Whether a key lies in the name space that only Sheaf writes, in any case.
    static func claims(_ key: String) -> Bool {
        let folded = key.lowercased()
        return folded.hasPrefix("bundle-") || folded.hasPrefix("release-")
    }
}
