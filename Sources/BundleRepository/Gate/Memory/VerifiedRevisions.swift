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
    /// The trees and blobs of the newest revision, and some of those before it.
    private(set) var objects = KnownObjects.none

    private static let magic = Array("sheaf verified 3".utf8)
    private static let bytesOfSum = 32
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
            bytes.starts(with: Self.magic)
        else { return }
        let head = Self.magic.count + 12
        let end = bytes.count - Self.bytesOfSum
        guard end >= head else { return }
        let sum = SHA256Value(words: ContentHash.sha256(bytes.span.extracting(..<end)))
        guard KnownObjects.value(in: bytes.span, at: end) == sum else { return }
        func number(_ index: Int) -> Int {
            Int(bytes.span.bigEndianWord(at: Self.magic.count + 4 * index, of: 4))
        }
        guard number(0) == BundleCheck.rulesVersion else { return }
        let (commitCount, count) = (number(1), number(2))
        let first = head + commitCount * 20
        guard first + count * KnownObjects.bytesOfObject == end else { return }
        for place in stride(from: head, to: first, by: 20) {
            guard let id = ObjectID(rawBytes: bytes.span.extracting(place..<place + 20)),
                let commit = CommitID(id.hex)
            else { return }
            commits.append(commit)
        }
        objects = KnownObjects(bytes, from: first, count: count)
    }

    /// Adds a revision that was found in order.
    mutating func add(_ commit: CommitID) {
        commits.removeAll { $0 == commit }
        commits.insert(commit, at: 0)
        if commits.count > Self.maximumCommits { commits.removeLast() }
    }

    /// Forgets what is known of objects.
    mutating func forgetObjects() { objects = .none }

    /// Writes the memory in one step, with more objects, of which none is known. A failure is none
    /// of the push: the memory saves time alone.
    func save(
        of bundle: BundleID, in folder: GateFolder, adding more: [KnownObjects.Object] = []
    ) {
        let ids = commits.compactMap { ObjectID(hex: $0.hex) }
        let count = objects.count + more.count
        let size =
            Self.magic.count + 12 + ids.count * 20 + count * KnownObjects.bytesOfObject
            + Self.bytesOfSum
        guard size <= Self.maximumBytes else { return }
        var bytes = Self.magic
        bytes.reserveCapacity(size)
        for number in [BundleCheck.rulesVersion, ids.count, count] {
            bytes.appendBigEndian(UInt64(truncatingIfNeeded: number), bytes: 4)
        }
        for id in ids { id.appendRawBytes(to: &bytes) }
        objects.append(to: &bytes, adding: more)
        let sum = ContentHash.sha256(bytes.span)
        for word in [sum.0, sum.1, sum.2, sum.3] { bytes.appendBigEndian(word, bytes: 8) }
        folder.write(bytes, named: bundle.rawValue)
    }
}
