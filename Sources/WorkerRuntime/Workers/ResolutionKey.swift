internal import BundleModel

/// What a resolved profile is remembered by: a commit never changes, nor do the builtin profiles
/// of a running process.
struct ResolutionKey: Hashable {
    let pin: ConfigBundleRef?
    let selector: ProfileSelector
}
