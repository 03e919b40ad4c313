internal import BundleModel

/// Where things are below a runtime's store.
struct StoreLayout: Hashable, Sendable {
    let root: String

    var database: String { "\(root)/runtime.sqlite" }
    var bundles: String { "\(root)/bundles" }
    var workers: String { "\(root)/workers" }

    func mirror(_ workspace: WorkspaceID, _ bundle: BundleID) -> String {
        "\(bundles(workspace))/\(bundle).git"
    }

    func bundles(_ workspace: WorkspaceID) -> String { "\(bundles)/\(workspace)" }
}
