import Foundation
import TestSupport

/// A tree object byte by byte, in whatever order and with whatever names a test wants.
struct RawGitTree {
    var bytes: [UInt8]

    /// The bytes of a tree that is there.
    init(reading tree: String, in git: GitOracle) async throws {
        bytes = try await git.check("cat-file", "tree", tree).standardOutput
    }

    /// The same entries and one more at the end, in Git's order or not.
    func adding(_ mode: String, _ name: [UInt8], _ object: String) -> RawGitTree {
        var copy = self
        copy.bytes += Array(mode.utf8) + [0x20] + name + [0]
        var digits = object[...]
        while let byte = UInt8(digits.prefix(2), radix: 16) {
            copy.bytes.append(byte)
            digits = digits.dropFirst(2)
        }
        return copy
    }

    /// Writes the tree without any check.
    func write(in git: GitOracle) async throws -> String {
        try await git.check(
            "hash-object", "-t", "tree", "-w", "--stdin", "--literally", input: bytes
        ).trimmed
    }
}
