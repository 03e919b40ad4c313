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

    /// Where memories and receipts are, in the repository's directory.
    static let folder = "sheaf.verified"
    private static let magic = Array("sheaf verified 1".utf8)
    /// An older revision is checked again when it is put on a channel.
    private static let maximumCommits = 1024
    private static let maximumBytes = 8 << 20

    /// Remembers nothing yet.
    init() {}

    /// Reads the memory of a bundle; empty when there is none, when it was written under other
    /// rules, or when it is damaged.
    init(of bundle: BundleID, in directory: String) {
        let file = Self.file(bundle, directory)
        guard let bytes = try? FileContents.read(path: file, maximumBytes: Self.maximumBytes),
            bytes.count > 32, bytes.starts(with: Self.magic)
        else { return }
        let end = bytes.count - 32
        let sum = ContentHash.sha256(bytes.span.extracting(..<end))
        guard Reader(bytes: bytes, position: end).value() == SHA256Value(words: sum) else { return }
        var reader = Reader(bytes: bytes, position: Self.magic.count)
        guard reader.number() == BundleCheck.rulesVersion else { return }
        let (commitCount, digestCount) = (reader.number(), reader.number())
        guard reader.left - 32 == commitCount * 20 + digestCount * 52 else { return }
        for _ in 0..<commitCount {
            guard let id = reader.id(), let commit = CommitID(id.hex) else { return }
            commits.append(commit)
        }
        digests.reserveCapacity(digestCount)
        for _ in 0..<digestCount {
            guard let id = reader.id() else { return }
            digests.append((id, reader.value()))
            reader.position += 32
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
        bytes.reserveCapacity(64 + commits.count * 20 + digests.count * 52)
        for number in [BundleCheck.rulesVersion, commits.count, digests.count] {
            for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        for commit in commits {
            ObjectID(hex: commit.hex)?.appendRawBytes(to: &bytes)
        }
        for (id, value) in digests {
            id.appendRawBytes(to: &bytes)
            Self.append(value, to: &bytes)
        }
        Self.append(SHA256Value(words: ContentHash.sha256(bytes.span)), to: &bytes)
        guard bytes.count <= Self.maximumBytes else { return }
        try? FileManager.default.createDirectory(
            atPath: directory + Self.folder, withIntermediateDirectories: true)
        try? FileContents.replace(bytes, at: Self.file(bundle, directory))
    }

    private static func file(_ bundle: BundleID, _ directory: String) -> String {
        "\(directory)\(folder)/\(bundle)"
    }

    private static func append(_ value: SHA256Value, to bytes: inout [UInt8]) {
        for word in [value.words.0, value.words.1, value.words.2, value.words.3] {
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
    }

    /// Takes numbers, ids and digests out of bytes whose checksum was right.
    private struct Reader {
        let bytes: [UInt8]
        var position: Int

        var left: Int { bytes.count - position }

        mutating func number() -> Int {
            guard left >= 4 else { return -1 }
            defer { position += 4 }
            return (0..<4).reduce(0) { $0 << 8 | Int(bytes[position + $1]) }
        }

        mutating func id() -> ObjectID? {
            guard left >= 20 else { return nil }
            defer { position += 20 }
            return ObjectID(rawBytes: bytes.span.extracting(position..<position + 20))
        }

        /// The digest here; the position stays.
        func value() -> SHA256Value {
            guard left >= 32 else { return SHA256Value(words: (0, 0, 0, 0)) }
            func word(_ index: Int) -> UInt64 {
                var word: UInt64 = 0
                for byte in 0..<8 { word = word << 8 | UInt64(bytes[position + index * 8 + byte]) }
                return word
            }
            return SHA256Value(words: (word(0), word(1), word(2), word(3)))
        }
    }
}
