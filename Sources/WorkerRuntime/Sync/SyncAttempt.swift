internal import BundleModel
internal import Foundation

/// One try to bring a channel up to date, as far as it has come.
struct SyncAttempt {
    /// The workspace, once it is known.
    var workspace: WorkspaceID?
    let bundle: BundleID
    let channel: ChannelID
    let startedAt: Date
    /// Whether the host policy serves the bundle.
    var isServed = false
    /// Whether a repository was asked, and not a file read.
    var isContact = true
    /// The release that the repository offered.
    var offered: CommitID?
    /// What that release says of itself.
    var sequence: Int?
    var digest: BundleDigest?
    /// The digest that whoever gave a file said it has.
    var expected: BundleDigest?

    /// Whether the release says that it has another digest than was expected. That it has the digest
    /// it says is one of the checks of every release.
    var isMisnamed: Bool {
        guard let expected, let digest else { return false }
        return digest != expected
    }

    init(workspace: WorkspaceID?, bundle: BundleID, channel: ChannelID, startedAt: Date) {
        self.workspace = workspace
        self.bundle = bundle
        self.channel = channel
        self.startedAt = startedAt
    }

    /// Throws `digest_mismatch` when the release is another one than was expected.
    func requireExpected() throws(SheafError) {
        guard isMisnamed, let expected, let digest else { return }
        throw SheafError(
            .digestMismatch, "the file has other contents than the digest it was given under",
            details: ["expected": expected.description, "actual": digest.description])
    }
}
