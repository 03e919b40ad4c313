internal import BundleModel
internal import LibGit2

/// What the gate remembers of one bundle between two pushes: the revisions that it found in order,
/// and the digests and sizes of the newest one's files and directories.
///
/// It is a file in the repository's own directory, written by Sheaf alone. Without it the next push
/// takes longer; nothing else changes. Whoever can forge it can write to the server's disk, and
/// could as well move a branch there.
struct VerifiedRevisions {
    /// Revisions whose contents are in order under the rules of this version, newest first.
    private(set) var commits: [CommitID] = []
    /// What is known of an object that is part of a revision in order.
    struct KnownObject {
        let id: ObjectID
        /// The digest.
        let value: SHA256Value
        /// The size of a blob in bytes; nil for a tree.
        let size: Int?
    }

    /// The trees and blobs of the newest revision, and some of those before it.
    private(set) var objects: [KnownObject] = []

    private static let magic = Array("sheaf verified 2".utf8)
    private static let bytesOfObject = 60
    /// An older revision is checked again when it is put on a channel.
    private static let maximumCommits = 1024
    private static let maximumBytes = 8 << 20

    /// Remembers nothing yet.
    init() {}

    /// Reads the memory of a bundle; empty when there is none, when it was written under other
    /// rules, or when it is damaged.
    init(of bundle: BundleID, in folder: GateFolder) {
        let file = folder.file(bundle.rawValue)
        guard let bytes = try? FileContents.read(path: file, maximumBytes: Self.maximumBytes),
            bytes.count > 32, bytes.starts(with: Self.magic)
        else { return }
        let end = bytes.count - 32
        let sum = ContentHash.sha256(bytes.span.extracting(..<end))
        guard Reader(bytes: bytes, position: end).value() == SHA256Value(words: sum) else { return }
        var reader = Reader(bytes: bytes, position: Self.magic.count)
        guard reader.number() == BundleCheck.rulesVersion else { return }
        let (commitCount, count) = (reader.number(), reader.number())
        guard reader.left - 32 == commitCount * 20 + count * Self.bytesOfObject else { return }
        for _ in 0..<commitCount {
            guard let id = reader.id(), let commit = CommitID(id.hex) else { return }
            commits.append(commit)
        }
        objects.reserveCapacity(count)
        for _ in 0..<count {
            guard let id = reader.id() else { return }
            let value = reader.value()
            reader.position += 32
            let size = Int64(bitPattern: reader.word(0))
            reader.position += 8
            objects.append(KnownObject(id: id, value: value, size: size < 0 ? nil : Int(size)))
        }
    }

    /// Adds a revision that was found in order.
    mutating func add(_ commit: CommitID) {
        commits.removeAll { $0 == commit }
        commits.insert(commit, at: 0)
        if commits.count > Self.maximumCommits { commits.removeLast() }
    }

    /// Replaces what is known of objects.
    mutating func keep(_ objects: [KnownObject]) { self.objects = objects }

    /// Writes the memory in one step. A failure is none of the push: the memory saves time alone.
    func save(of bundle: BundleID, in folder: GateFolder) {
        let count =
            Self.magic.count + 12 + commits.count * 20 + objects.count * Self.bytesOfObject + 32
        guard count <= Self.maximumBytes else { return }
        var bytes = [UInt8](repeating: 0, count: count)
        var span = bytes.mutableSpan
        let end = fill(&span)
        let sum = SHA256Value(words: ContentHash.sha256(bytes.span.extracting(..<end)))
        span = bytes.mutableSpan
        _ = Self.put(sum, into: &span, at: end)
        folder.write(bytes, named: bundle.rawValue)
    }

    /// Writes everything but the checksum; returns where that comes.
    private func fill(_ bytes: inout MutableSpan<UInt8>) -> Int {
        var end = 0
        for byte in Self.magic { end = Self.put(UInt64(byte), of: 1, into: &bytes, at: end) }
        for number in [BundleCheck.rulesVersion, commits.count, objects.count] {
            end = Self.put(UInt64(truncatingIfNeeded: number), of: 4, into: &bytes, at: end)
        }
        for commit in commits {
            end = Self.put(ObjectID(hex: commit.hex), into: &bytes, at: end)
        }
        for object in objects {
            end = Self.put(object.id, into: &bytes, at: end)
            end = Self.put(object.value, into: &bytes, at: end)
            let size = UInt64(bitPattern: Int64(object.size ?? -1))
            end = Self.put(size, of: 8, into: &bytes, at: end)
        }
        return end
    }

    /// Puts the last bytes of a number into bytes that are there, the highest first; to append each
    /// byte for itself took a third of the time of a save. Returns the place behind them.
    private static func put(
        _ number: UInt64, of count: Int, into bytes: inout MutableSpan<UInt8>, at start: Int
    ) -> Int {
        for index in 0..<count {
            let shift = UInt64(8 * (count - 1 - index))
            bytes[start + index] = UInt8(truncatingIfNeeded: number >> shift)
        }
        return start + count
    }

    private static func put(
        _ id: ObjectID?, into bytes: inout MutableSpan<UInt8>, at start: Int
    ) -> Int {
        let (high, middle, low) = id?.words ?? (0, 0, 0)
        var end = put(high, of: 8, into: &bytes, at: start)
        end = put(middle, of: 8, into: &bytes, at: end)
        return put(UInt64(low), of: 4, into: &bytes, at: end)
    }

    private static func put(
        _ value: SHA256Value, into bytes: inout MutableSpan<UInt8>, at start: Int
    ) -> Int {
        var end = start
        for word in [value.words.0, value.words.1, value.words.2, value.words.3] {
            end = put(word, of: 8, into: &bytes, at: end)
        }
        return end
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
            return SHA256Value(words: (word(0), word(1), word(2), word(3)))
        }

        /// The word of eight bytes with this number from here on, which are there.
        func word(_ index: Int) -> UInt64 {
            var word: UInt64 = 0
            for byte in 0..<8 { word = word << 8 | UInt64(bytes[position + index * 8 + byte]) }
            return word
        }
    }
}
