public import BundleModel
internal import BundleRepository

/// From which release on a file carries a channel.
public enum ExportBase: Hashable, Sendable {
    /// The release with this number.
    case sequence(Int)
    /// This release.
    case release(CommitID)

    var inMirror: ReleaseMirror.ExportBase {
        switch self {
        case .sequence(let number): .sequence(number)
        case .release(let commit): .commit(commit)
        }
    }
}
