internal import BundleModel
internal import LibGit2

/// The files and directories of a repository that change when one of its branches does.
///
/// Git moves a branch by renaming a lock file onto its file, which changes the directory it is in;
/// packed branches are in a file that is replaced. Source: gitrepository-layout(5).
package struct BranchPlaces: Sendable {
    /// What the places looked like.
    package struct Stamp: Hashable, Sendable {
        fileprivate let places: [FileStamp?]

        /// Whether every change that comes after this look will show.
        package var isSettled: Bool { places.allSatisfy { $0?.isSettled ?? true } }
    }

    private let paths: [String]

    /// - Parameter repository: the directory of the references, with a slash at its end.
    init(repository: String, bundles: Set<BundleID>) {
        let fixed = [
            "HEAD", "packed-refs", "refs/heads", BundleRefName.revisionPrefix,
            BundleRefName.releasePrefix,
        ]
        let channels = bundles.sorted().map { "\(BundleRefName.releasePrefix)\($0)" }
        paths = (fixed + channels).map { repository + $0 }
    }

    /// Looks at all of them.
    package func look() -> Stamp { Stamp(places: paths.map { FileStamp(path: $0) }) }
}
