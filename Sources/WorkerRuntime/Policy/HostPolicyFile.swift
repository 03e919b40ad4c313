public import BundleModel
internal import BundleRepository

/// The file of the host policy.
public enum HostPolicyFile {
    private static let maximumBytes = 1 << 20

    /// Reads the policy.
    ///
    /// Throws `host_policy_invalid` when there is none, when others than its owner can write to
    /// it, when it belongs to somebody else, and with every finding when its contents are wrong.
    public static func read(at path: String) throws(SheafError) -> HostPolicy {
        let shown = DisplayText.escape(path)
        guard let file = try HostOwnedFile.read(path, maximumBytes: maximumBytes) else {
            throw SheafError(
                .hostPolicyInvalid, "there is no host policy at '\(shown)'",
                hint: "'sheaf init' writes one; everything is denied without it")
        }
        guard !file.isWritableByOthers else {
            throw SheafError(
                .hostPolicyInvalid, "others can write to the host policy '\(shown)'",
                hint: "chmod go-w '\(shown)'")
        }
        guard file.isTrustedOwner else {
            throw SheafError(
                .hostPolicyInvalid, "the host policy '\(shown)' belongs to another user",
                hint: "it must belong to the user who runs the runtime, or to root")
        }
        return try HostPolicyReader.read(file.bytes, path: path)
    }

    /// Writes the policy of a new installation, with comments, where there is none yet.
    ///
    /// It serves the workspace of one repository, allows builtin profiles and grants nothing else.
    /// Returns false when a policy is there already, which is never changed.
    @discardableResult
    public static func writeDefault(
        at path: String, workspace: WorkspaceID, repository: String
    ) throws(SheafError) -> Bool {
        try HostOwnedFile.create(
            path, Array(HostPolicyTemplate.text(workspace, repository).utf8))
    }
}
