internal import BundleModel
internal import LibGit2

/// What the gate remembers of one bundle between two pushes: the revisions that it found in order,
/// and what the newest one's files and directories are.
///
/// It is a file in the repository's own directory, written by Sheaf alone. Without it the next push
/// takes longer; nothing else changes. Whoever can forge it can write to the server's disk, and
/// could as well move a branch there.
struct VerifiedRevisions {
    /// Revisions whose contents are in order under the rules of this version, newest first.
    private(set) var commits: [CommitID] = []
    /// The trees and blobs of the newest revision, and some of those before it.
    private(set) var objects = KnownObjects.none

    private static let magic = Array("sheaf verified 4".utf8)
    private static let bytesOfNumbers = 16
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
        let head = Self.magic.count + Self.bytesOfNumbers
        let end = bytes.count - Self.bytesOfSum
        guard end >= head else { return }
        let sum = SHA256Value(words: ContentHash.sha256(bytes.span.extracting(..<end)))
        guard KnownObjects.value(in: bytes.span, at: end) == sum else { return }
        func number(_ index: Int) -> Int {
            Int(bytes.span.bigEndianWord(at: Self.magic.count + 4 * index, of: 4))
        }
        guard number(0) == BundleCheck.rulesVersion else { return }
        let (commitCount, count, contents) = (number(1), number(2), number(3))
        let first = head + commitCount * 20
        guard first + count * KnownObjects.bytesOfObject + contents == end else { return }
        for place in stride(from: head, to: first, by: 20) {
            guard let id = ObjectID(rawBytes: bytes.span.extracting(place..<place + 20)),
                let commit = CommitID(id.hex)
            else { return }
            commits.append(commit)
        }
        objects = KnownObjects(bytes, from: first, count: count, contents: contents)
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
        var known: [UInt8] = []
        var count = objects.count + more.count
        known.reserveCapacity(count * KnownObjects.bytesOfObject + objects.bytesOfContents)
        var contents = objects.append(to: &known, adding: more)
        let rest = Self.magic.count + Self.bytesOfNumbers + ids.count * 20 + Self.bytesOfSum
        // Without the objects a push of the next revision takes longer; without the revisions all do.
        if rest + known.count > Self.maximumBytes { (known, count, contents) = ([], 0, 0) }
        var bytes = Self.magic
        bytes.reserveCapacity(rest + known.count)
        for number in [BundleCheck.rulesVersion, ids.count, count, contents] {
            bytes.appendBigEndian(UInt64(truncatingIfNeeded: number), bytes: 4)
        }
        for id in ids { id.appendRawBytes(to: &bytes) }
        bytes += known
        let sum = ContentHash.sha256(bytes.span)
        for word in [sum.0, sum.1, sum.2, sum.3] { bytes.appendBigEndian(word, bytes: 8) }
        folder.write(bytes, named: bundle.rawValue)
    }
}
