internal import BundleModel

/// The configuration under which `git` shows only what may be seen, and serves nothing else.
///
/// Source: git-config(1), `transfer.hideRefs`: the last entry that matches decides. In version 0 of
/// the protocol upload-pack gives objects only when a reference that it shows leads to them.
enum HiddenReferences {
    static func configuration(_ visibility: Visibility) -> [(key: String, value: String)] {
        // HEAD is one of the branches, which are wanted by their ids.
        var entries = [("transfer.hideRefs", "refs"), ("transfer.hideRefs", "HEAD")]
        switch visibility {
        case .all:
            entries += [prefix(BundleRefName.revisionPrefix), prefix(BundleRefName.releasePrefix)]
        case .bundles(let bundles):
            for bundle in bundles.sorted() {
                entries.append(("transfer.hideRefs", "!\(BundleRefName.revisions(bundle))"))
                entries.append(prefix("\(BundleRefName.releasePrefix)\(bundle)/"))
            }
        }
        // Whatever the repository says itself: nothing but what these references lead to.
        for key in ["allowTipSHA1InWant", "allowReachableSHA1InWant", "allowAnySHA1InWant"] {
            entries.append(("uploadpack.\(key)", "false"))
        }
        entries.append(("uploadpack.allowFilter", "false"))
        return entries.map { (key: $0.0, value: $0.1) }
    }

    private static func prefix(_ text: String) -> (String, String) {
        ("transfer.hideRefs", "!\(text.dropLast())")
    }
}
