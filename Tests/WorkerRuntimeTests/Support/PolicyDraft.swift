import BundleModel
import Foundation
import TestSupport
import WorkerRuntime

/// A host policy as a file of its own, with the permissions that a test gives it.
struct PolicyDraft {
    private let directory: TemporaryDirectory
    let path: String

    init(_ bytes: [UInt8], mode: Int = 0o600) throws {
        directory = try TemporaryDirectory()
        let file = try directory.write(bytes, to: "policy.yaml")
        path = file.path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    init(_ text: String, mode: Int = 0o600) throws {
        try self.init(Array(text.utf8), mode: mode)
    }

    /// The policy with `schema` and these lines.
    static func policy(_ lines: String) throws -> HostPolicy {
        try PolicyDraft("schema: sheaf/host-policy/v1\n\(lines)\n").read()
    }

    func read() throws(SheafError) -> HostPolicy { try HostPolicyFile.read(at: path) }
}
