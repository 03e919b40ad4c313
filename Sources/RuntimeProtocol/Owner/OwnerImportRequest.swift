package import BundleModel

/// A wish of the owner that a channel be brought up to date from a file.
///
/// The file lies in the store already, where a daemon that may see little of the host finds it.
package struct OwnerImportRequest: Hashable, Sendable, Codable {
    /// The file's name in the folder of the store for files that arrive; it is taken away.
    package let file: String
    /// The workspace; nil where only one of the host is meant.
    package let workspace: WorkspaceID?
    /// How long it may take, 1 to ``OwnerSyncRequest/longestSeconds``.
    package let timeoutSeconds: Int

    /// The names of the fields.
    package enum CodingKeys: String, WireKey {
        case file, workspace, timeoutSeconds
    }

    /// Creates the document out of its fields.
    package init(file: String, workspace: WorkspaceID? = nil, timeoutSeconds: Int) {
        self.file = file
        self.workspace = workspace
        self.timeoutSeconds = timeoutSeconds
    }
}
