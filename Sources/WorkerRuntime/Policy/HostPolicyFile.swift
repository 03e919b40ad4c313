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
        try HostPolicyReader.read(try bytes(at: path), path: path)
    }

    /// The bytes of the file, which nobody but its owner can have written.
    static func bytes(at path: String) throws(SheafError) -> [UInt8] {
        let shown = DisplayText.escape(path)
        guard let file = try file(at: path) else {
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
        return file.bytes
    }

    private static func file(at path: String) throws(SheafError) -> HostOwnedFile? {
        do throws(SheafError) {
            return try HostOwnedFile.read(path, maximumBytes: maximumBytes)
        } catch  where error.code == .limitExceeded {
            throw SheafError(
                .hostPolicyInvalid,
                "the host policy '\(DisplayText.escape(path))' is over \(maximumBytes) bytes")
        }
    }

    /// Writes the policy of a new installation, with comments, where there is none yet.
    ///
    /// It serves the workspace of one repository, allows builtin profiles and grants nothing else.
    /// Returns false when a policy is there already, which is never changed. Only its owner can
    /// read the file.
    ///
    /// Throws `invalid_request` for a repository that is neither an absolute path nor a URL without
    /// a name or password, `io_error` when the file cannot be written.
    @discardableResult
    public static func writeDefault(
        at path: String, workspace: WorkspaceID, repository: String
    ) throws(SheafError) -> Bool {
        let bytes = Array(HostPolicyTemplate.text(workspace, repository).utf8)
        // What is written reads back as what was meant; a path can hold what YAML cannot.
        let policy = try? HostPolicyReader.read(bytes, path: path)
        guard policy?.workspaces[workspace]?.repository.text == repository else {
            throw SheafError(
                .invalidRequest,
                "'\(DisplayText.escape(repository))' cannot be the repository in a host policy",
                hint: "give an absolute path, or a URL without a name or password")
        }
        return try HostOwnedFile.create(path, bytes)
    }
}
