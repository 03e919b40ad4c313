public import BundleModel
internal import LibGit2

extension BundleRepository {
    /// Records the workspace of a repository that has no record of it, as
    /// `sheaf init --workspace` does for one that `git init --bare` made.
    ///
    /// - Throws: `workspace_mismatch` when it is of another workspace already.
    public func record(_ workspace: WorkspaceID) throws(SheafError) {
        if let own = try self.workspace(), own != workspace {
            throw SheafError(
                .workspaceMismatch, "this repository is of workspace '\(own)', not '\(workspace)'",
                details: ["expected": workspace.rawValue, "actual": own.rawValue],
                hint: "name another place for the repository of '\(workspace)'")
        }
        try mapping("the configuration") { () throws(GitError) in
            try repository.setConfigString(Self.workspaceKey, workspace.rawValue)
        }
    }
}
