internal import BundleModel

/// A release that is written and not yet on its channel.
struct ReleasePlan {
    let release: Release
    /// Where the channel must be for the release to follow.
    let expected: CommitID?
}
