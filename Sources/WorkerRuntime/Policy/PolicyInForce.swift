internal import BundleModel

/// The host policy that a runtime goes by, while its file may be edited.
///
/// The file is looked at whenever the policy decides: what its owner takes back is gone at once. A
/// file whose contents are wrong changes nothing, so that a slip of the pen stops no worker; one
/// that is gone, or that others can write to, is no policy any more.
struct PolicyInForce {
    private let path: String
    private var policy: HostPolicy?
    /// The SHA-256 of contents that were wrong.
    private var refused: SHA256Value?
    /// What is wrong with the file as it is, while the policy before it stays in force.
    private(set) var problem: SheafError?

    init(path: String) {
        self.path = path
    }

    /// The policy in force now.
    ///
    /// Throws `host_policy_invalid` when there is no file, when it may be written by others, and
    /// when its contents are wrong and no policy was in force before.
    mutating func current() throws(SheafError) -> HostPolicy {
        let bytes = try HostPolicyFile.bytes(at: path)
        let digest = SHA256Value(hashing: bytes)
        if let policy, policy.digest == digest {
            (problem, refused) = (nil, nil)
            return policy
        }
        if let policy, refused == digest { return policy }
        do throws(SheafError) {
            let read = try HostPolicyReader.read(bytes, path: path)
            policy = read
            (problem, refused) = (nil, nil)
            return read
        } catch {
            guard let policy else { throw error }
            (problem, refused) = (error, digest)
            return policy
        }
    }
}
