/// A pin: exactly which contents a worker is created from, and which release said so.
///
/// The digest is integrity, not authenticity: it proves that the contents are the ones named, not
/// who made them.
public struct ConfigBundleRef: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The workspace that owns the bundle.
    public let workspace: WorkspaceID
    /// The bundle.
    public let bundle: BundleID
    /// The release's commit; never a revision's.
    public let commit: CommitID
    /// The digest of the contents.
    public let digest: BundleDigest

    /// Creates a pin.
    public init(
        workspace: WorkspaceID, bundle: BundleID, commit: CommitID, digest: BundleDigest
    ) {
        self.workspace = workspace
        self.bundle = bundle
        self.commit = commit
        self.digest = digest
    }

    /// Reads `workspace/bundle@<commit>@sha256:…`; throws `invalid_request`.
    public init(_ text: String) throws(SheafError) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        let names = (parts.first ?? "").split(
            separator: "/", omittingEmptySubsequences: false
        ).map(String.init)
        guard parts.count == 3, names.count == 2,
            let commit = CommitID(parts[1]), let digest = BundleDigest(parts[2])
        else {
            throw SheafError(
                .invalidRequest, "'\(DisplayText.escape(text))' is not a pin",
                hint: "write <workspace>/<bundle>@<release commit>@sha256:…")
        }
        do {
            self.init(
                workspace: try WorkspaceID(names[0]), bundle: try BundleID(names[1]),
                commit: commit, digest: digest)
        } catch {
            throw error.asError()
        }
    }

    /// The pin as one text, `workspace/bundle@<commit>@sha256:…`.
    public var description: String { "\(workspace)/\(bundle)@\(commit)@\(digest)" }
}
