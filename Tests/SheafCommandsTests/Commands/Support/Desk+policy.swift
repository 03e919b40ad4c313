import Foundation
import TestSupport

extension Desk {
    /// Changes the host policy, as its owner does in an editor.
    func replaceInPolicy(_ text: String, with other: String) throws {
        let old = try String(contentsOf: policy, encoding: .utf8)
        let new = old.replacing(text, with: other)
        guard new != old else { throw Unchanged(text: text) }
        try Data(new.utf8).write(to: policy)
        try setPolicyMode(0o600)
    }

    /// Says who may read and write the host policy.
    func setPolicyMode(_ mode: Int) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: policy.path(percentEncoded: false))
    }

    /// A change of the host policy that changed nothing.
    struct Unchanged: Error {
        let text: String
    }
}
