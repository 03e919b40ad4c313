public import BundleModel

/// Which bundles of a repository at another place are worked with, and so brought here.
public struct RemoteSelection: Hashable, Sendable {
    /// The bundles; nil for all that there are. Without any nothing is asked of the repository.
    let bundles: Set<BundleID>?
    /// Whether it matters whose workspace it is, where it has none of the bundles yet.
    let needsWorkspace: Bool

    /// Every bundle.
    public static let everything = RemoteSelection(bundles: nil, needsWorkspace: false)

    /// No more than what tells the workspace.
    public static let workspace = RemoteSelection(bundles: [], needsWorkspace: true)

    /// These bundles, to read them.
    public static func reading(_ bundles: some Sequence<BundleID>) -> RemoteSelection {
        RemoteSelection(bundles: Set(bundles), needsWorkspace: false)
    }

    /// One bundle, to publish or release it.
    public static func writing(_ bundle: BundleID) -> RemoteSelection {
        RemoteSelection(bundles: [bundle], needsWorkspace: true)
    }

    /// Whether there is anything to ask the repository for.
    var isEmpty: Bool { bundles?.isEmpty == true && !needsWorkspace }

    /// The branches that belong to it, of those that a repository has.
    func names(among advertised: some Sequence<String>) -> Set<String> {
        guard let bundles else {
            return Set(advertised.filter { Self.bundle(of: $0) != nil })
        }
        let names = Set(
            advertised.filter { name in Self.bundle(of: name).map(bundles.contains) ?? false })
        guard names.isEmpty, needsWorkspace else { return names }
        // Any revision tells; the branches of releases are read with those of revisions alone.
        let witness = advertised.filter { $0.hasPrefix(BundleRefName.revisionPrefix) }.min()
        return witness.map { [$0] } ?? []
    }

    private static func bundle(of name: String) -> BundleID? {
        if let branch = ServedReference.branch(named: name) { return branch.bundle }
        return nil
    }
}
