package import BundleModel

extension SheafError {
    /// What is said of a workspace that the host policy does not name, and to whoever may not know
    /// of it.
    package static func notServed(_ workspace: WorkspaceID) -> SheafError {
        SheafError(
            .hostPolicyDenied, "this host does not serve workspace '\(workspace)'",
            hint: "its owner can add it to 'workspaces' in the host policy")
    }

    /// The same of a bundle.
    package static func notServed(
        _ bundle: BundleID, of workspace: WorkspaceID
    ) -> SheafError {
        SheafError(
            .hostPolicyDenied,
            "this host does not take bundle '\(bundle)' of workspace '\(workspace)'",
            hint: "its owner can add it to 'bundles' in the host policy")
    }

    /// What is said of a profile of a bundle where no bundle is named.
    package static func unpinned(_ selector: ProfileSelector) -> SheafError {
        SheafError(
            .bundleRequired,
            selector == .bundleDefault
                ? "a bundle's default profile needs a bundle, and none is pinned"
                : "'\(selector)' is a profile of a bundle, and none is pinned",
            hint: "name a bundle, or select 'builtin:<name>'")
    }

    /// What is said of a worker that is not there, and to whoever may not know of it.
    package static func noWorker(_ id: WorkerID) -> SheafError {
        SheafError(
            .notFound, "there is no worker '\(id)' on this host",
            hint: "'sheaf worker list' shows them")
    }
}
