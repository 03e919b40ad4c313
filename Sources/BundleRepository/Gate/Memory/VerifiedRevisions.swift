internal import BundleModel
internal import Foundation
internal import LibGit2

/// What the gate remembers of one bundle between two pushes: the revisions that it found in order,
/// and the digests of the newest one's files and directories.
///
/// It is a file in the repository's own directory, written by Sheaf alone. Without it the next push
/// takes longer; nothing else changes. Whoever can forge it can write to the server's disk, and
/// could as well move a branch there.
struct VerifiedRevisions {
    /// Revisions whose contents are in order under the rules of this version, newest first.
    private(set) var commits: [CommitID] = []
    /// Digests by the id of a tree or blob.
    private(set) var digests: [(id: ObjectID, value: SHA256Value)] = []

    private static let folder = "sheaf.verified"
    private static let magic = Array("sheaf verified 1".utf8)
    /// An older revision is checked again when it is put on a channel.
    private static let maximumCommits = 1024
    private static let maximumBytes = 8 << 20

    /// Remembers nothing yet.
    init() {}

    /// Reads the memory of a bundle; empty when there is none, when it was written under other
    /// rules, or when it is damaged.
    init(of bundle: BundleID, in directory: String) {
        guard
            let bytes = try? FileContents.read(
                path: Self.file(bundle, directory), maximumBytes: Self.maximumBytes),
            bytes.count > 32,
            SHA256Value(hashing: Array(bytes.dropLast(32))).bytes.elementsEqual(bytes.suffix(32))
        else { return }
        var rest = bytes.dropLast(32)
        guard rest.starts(with: Self.magic) else { return }
        rest = rest.dropFirst(Self.magic.count)
        guard Self.number(&rest) == BundleCheck.rulesVersion, let commits = Self.number(&rest),
            let digests = Self.number(&rest), rest.count == commits * 20 + digests * 52
        else { return }
        for _ in 0..<commits {
            guard let id = Self.id(&rest), let commit = CommitID(id.hex) else { return }
            self.commits.append(commit)
        }
        self.digests.reserveCapacity(digests)
        for _ in 0..<digests {
            guard let id = Self.id(&rest), let value = SHA256Value(bytes: rest.prefix(32)) else {
                return
            }
            rest = rest.dropFirst(32)
            self.digests.append((id, value))
        }
    }

    /// Adds a revision that was found in order.
    mutating func add(_ commit: CommitID) {
        commits.removeAll { $0 == commit }
        commits.insert(commit, at: 0)
        if commits.count > Self.maximumCommits { commits.removeLast() }
    }

    /// Replaces the digests by those of another revision.
    mutating func keep(_ digests: [(id: ObjectID, value: SHA256Value)]) {
        self.digests = digests
    }

    /// Writes the memory in one step. A failure is none of the push: the memory saves time alone.
    func save(of bundle: BundleID, in directory: String) {
        var bytes = Self.magic
        for number in [BundleCheck.rulesVersion, commits.count, digests.count] {
            for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        for commit in commits {
            ObjectID(hex: commit.hex)?.appendRawBytes(to: &bytes)
        }
        for (id, value) in digests {
            id.appendRawBytes(to: &bytes)
            bytes += value.bytes
        }
        bytes += SHA256Value(hashing: bytes).bytes
        guard bytes.count <= Self.maximumBytes else { return }
        try? FileManager.default.createDirectory(
            atPath: directory + Self.folder, withIntermediateDirectories: true)
        try? Data(bytes).write(
            to: URL(filePath: Self.file(bundle, directory)), options: .atomic)
    }

    private static func file(_ bundle: BundleID, _ directory: String) -> String {
        "\(directory)\(folder)/\(bundle)"
    }

    private static func number(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= 4 else { return nil }
        defer { bytes = bytes.dropFirst(4) }
        return bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    private static func id(_ bytes: inout ArraySlice<UInt8>) -> ObjectID? {
        defer { bytes = bytes.dropFirst(20) }
        return ObjectID(rawBytes: Array(bytes.prefix(20)))
    }
}
