internal import BundleModel
internal import LibGit2

/// The files of a tree that need not be read again, because the same bytes stood at the same path
/// in a tree that was found in order under the same rules.
///
/// A text or an asset depends on nothing else. A YAML document is also held against the others, so
/// those are read again as soon as one of them changed, or any file is gone that one may name.
struct AcceptedFiles: Sendable {
    private var changed: Set<[UInt8]> = []
    private var isAnythingGone = false
    private var isDocumentChanged = false

    /// Compares a tree with one that was found in order. What both have is never read: where a
    /// tree's id is the same, so is everything below it.
    ///
    /// Throws `store_corrupt` when a tree cannot be read.
    init(
        _ repository: borrowing Repository, tree: ObjectID, knowing earlier: ObjectID,
        limits: ContentLimits
    ) throws(SheafError) {
        do throws(GitError) {
            try compare(repository, tree, earlier, below: [], depth: limits.pathDepth)
        } catch {
            throw SheafError(error, "the directories of the revision")
        }
        isDocumentChanged = changed.contains { name in
            guard let text = String(validating: name, as: UTF8.self),
                let path = try? BundlePath(text)
            else { return true }
            return path.isDocument
        }
    }

    /// Whether the file at this path needs no reading.
    func contains(_ path: BundlePath) -> Bool {
        if changed.contains(Array(path.text.utf8)) { return false }
        guard path.isDocument else { return true }
        // The manifest says whose the bundle is, so it is always read.
        return !isAnythingGone && !isDocumentChanged && path.text != "bundle.yaml"
    }

    private mutating func compare(
        _ repository: borrowing Repository, _ tree: ObjectID?, _ earlier: ObjectID?,
        below parent: [UInt8], depth: Int
    ) throws(GitError) {
        guard tree != earlier else { return }
        guard depth > 0 else {
            isAnythingGone = true
            return
        }
        let entries = try tree.map { (id) throws(GitError) in try repository.tree(id) } ?? []
        let old = try earlier.map { (id) throws(GitError) in try repository.tree(id) } ?? []
        var known: [[UInt8]: TreeEntry] = [:]
        for entry in old { known[entry.name] = entry }
        for entry in entries {
            let before = known.removeValue(forKey: entry.name)
            if before == entry { continue }
            let path = parent.isEmpty ? entry.name : parent + [0x2F] + entry.name
            if let before, before.isTree != entry.isTree { isAnythingGone = true }
            if entry.isTree {
                let below = before.flatMap { $0.isTree ? $0.id : nil }
                try compare(repository, entry.id, below, below: path, depth: depth - 1)
            } else {
                changed.insert(path)
            }
        }
        if !known.isEmpty { isAnythingGone = true }
    }
}
