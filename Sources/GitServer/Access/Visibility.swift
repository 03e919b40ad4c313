internal import BundleModel
internal import BundleRepository

/// Which bundles of a workspace a request may know of.
enum Visibility: Hashable, Sendable {
    /// All of them, also those to come.
    case all
    /// These.
    case bundles(Set<BundleID>)

    func shows(_ bundle: BundleID) -> Bool {
        switch self {
        case .all: true
        case .bundles(let bundles): bundles.contains(bundle)
        }
    }

    /// The part of it that a URL of one bundle speaks of.
    func narrowed(to bundle: BundleID?) -> Visibility {
        guard let bundle else { return self }
        return .bundles(shows(bundle) ? [bundle] : [])
    }
}
