internal import BundleModel
internal import BundleRepository
internal import Foundation

extension WorkerRuntime {
    /// The mirrors of this host, by workspace and bundle, as the store's folders say.
    ///
    /// - Parameters:
    ///   - bundle: the bundle; nil for every one.
    ///   - workspace: the workspace; nil for every one.
    func mirrors(
        of bundle: BundleID? = nil, in workspace: WorkspaceID? = nil
    ) throws(SheafError) -> [ReleaseMirror] {
        var mirrors: [ReleaseMirror] = []
        for (workspace, bundle) in try bundlesOfStore(bundle, workspace) {
            do throws(SheafError) {
                mirrors.append(try mirror(workspace, bundle))
            } catch  where error.code == .bundleMissing {
                // There is no such bundle, or a folder in which one was only just begun.
            }
        }
        return mirrors
    }

    /// The bundles that have a folder in the store, by workspace and name; one that was asked for
    /// by name may have none.
    func bundlesOfStore(
        _ bundle: BundleID? = nil, _ workspace: WorkspaceID? = nil
    ) throws(SheafError) -> [(WorkspaceID, BundleID)] {
        let workspaces =
            if let workspace { [workspace] } else {
                try Self.names(in: layout.bundles).compactMap { try? WorkspaceID($0) }
            }
        var found: [(WorkspaceID, BundleID)] = []
        for workspace in workspaces.sorted() {
            let bundles =
                if let bundle { [bundle] } else {
                    try Self.names(in: layout.bundles(workspace))
                        .filter { $0.hasSuffix(".git") }
                        .compactMap { try? BundleID(String($0.dropLast(4))) }
                }
            found += bundles.sorted().map { (workspace, $0) }
        }
        return found
    }

    private static func names(in folder: String) throws(SheafError) -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw SheafError(.ioError, "a folder of the store cannot be read")
        }
    }
}
