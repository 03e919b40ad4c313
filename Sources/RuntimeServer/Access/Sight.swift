internal import BundleModel
internal import WorkerRuntime

/// What of a runtime somebody may know of.
///
/// What is out of sight gets the answer of what is not there, word for word.
enum Sight: Hashable, Sendable {
    /// Everything, also workers that are of no workspace.
    case all
    /// A workspace, or of it these bundles.
    case workspace(WorkspaceID, bundles: Set<BundleID>?)

    func shows(_ workspace: WorkspaceID, _ bundle: BundleID) -> Bool {
        switch self {
        case .all: true
        case .workspace(let own, let bundles):
            workspace == own && bundles?.contains(bundle) ?? true
        }
    }

    func shows(_ workspace: WorkspaceID) -> Bool {
        switch self {
        case .all: true
        case .workspace(let own, _): workspace == own
        }
    }

    /// A worker is seen with its bundle; one of no bundle only by those who see everything.
    func shows(_ worker: WorkerView) -> Bool {
        guard let pin = worker.pin else { return self == .all }
        return shows(pin.workspace, pin.bundle)
    }

    /// Throws `host_policy_denied` in the words for what the host does not serve.
    func require(_ workspace: WorkspaceID, _ bundle: BundleID) throws(SheafError) {
        guard shows(workspace) else { throw .notServed(workspace) }
        guard shows(workspace, bundle) else { throw .notServed(bundle, of: workspace) }
    }

    /// The workspace that it is of; nil when it is of all.
    var workspace: WorkspaceID? {
        switch self {
        case .all: nil
        case .workspace(let own, _): own
        }
    }

    /// The bundles that it is of; nil when it is of all.
    var bundles: Set<BundleID>? {
        switch self {
        case .all: nil
        case .workspace(_, let bundles): bundles
        }
    }
}
