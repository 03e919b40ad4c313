internal import BundleModel
internal import BundleRepository
internal import NIOCore
internal import Synchronization

/// The branches of a repository at one moment, and what was made of them for those who asked.
final class RepositorySnapshot: Sendable {
    /// Counts the changes that were seen, from 1.
    let version: Int
    /// The branches, sorted by name.
    let references: [ServedReference]
    /// The full name of the branch that `HEAD` stands for.
    let head: String?

    /// The bundles that have a branch.
    let bundles: Set<BundleID>

    /// Nil as long as there is no branch.
    private let advertisement: Advertisement?
    private let made = Mutex<[Visibility: ByteBuffer]>([:])
    private let tips: [CommitID: Set<BundleID>]
    /// Tokens may name any set of bundles, so what is kept for them is bounded.
    private static let maximumKept = 1024

    init(
        version: Int, references: [ServedReference], head: String?, advertisement: Advertisement?
    ) {
        self.version = version
        self.references = references
        self.head = head
        self.advertisement = advertisement
        bundles = Set(references.map(\.bundle))
        tips = Dictionary(references.map { ($0.tip, [$0.bundle]) }) { $0.union($1) }
    }

    /// The branches that may be seen.
    func references(_ visibility: Visibility) -> [ServedReference] {
        references.filter { visibility.shows($0.bundle) }
    }

    /// The response with which fetching begins; made once for everybody who sees the same.
    func advertisement(_ visibility: Visibility) -> ByteBuffer {
        if let known = made.withLock({ $0[visibility] }) { return known }
        let shown = references(visibility)
        // Whoever asks for what is not there takes no place among what is kept.
        if shown.isEmpty { return advertisement?.bytes([], head: head) ?? Advertisement.ofNothing }
        let bytes = advertisement?.bytes(shown, head: head) ?? Advertisement.ofNothing
        made.withLock { made in
            if made.count >= Self.maximumKept { made.removeAll() }
            made[visibility] = bytes
        }
        return bytes
    }

    /// Whether every one of these is where a branch stands that may be seen.
    func areTips(_ commits: Set<CommitID>, _ visibility: Visibility) -> Bool {
        commits.allSatisfy { commit in
            tips[commit]?.contains { visibility.shows($0) } ?? false
        }
    }

    /// Whether a branch that may be seen has this name, in full or as short as Git takes it.
    func hasBranch(_ name: String, _ visibility: Visibility) -> Bool {
        references(visibility).contains {
            [name, "refs/\(name)", "refs/heads/\(name)"].contains($0.name)
        }
    }
}
