internal import BundleModel

extension Release {
    /// In what a release is not the revision that it names, in words; empty when it is.
    ///
    /// A release has the revision's tree and trailers, and its committer and time as its author.
    func differences(from revision: Revision) -> [String] {
        [
            ("tree", tree == revision.tree),
            ("Bundle- trailers", provenance.revision == revision.provenance),
            ("author", publisher == revision.publisher),
            ("author time", createdAt == revision.createdAt),
        ].filter { !$0.1 }.map(\.0)
    }
}
