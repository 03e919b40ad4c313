internal import BundleModel
internal import LibGit2

/// The files of a tree that need not be read again, because the same bytes stood at the same path
/// in a tree that was found in order under the same rules.
///
/// A text or an asset depends on nothing else. A YAML document names others, which are there as
/// long as nothing is gone. Some rules look into several documents: no profile is its own ancestor, a
/// model's credential is a secret, and no two things of a profile and its ancestors reach an engine by
/// one variable. So the ancestors of a changed profile are read, and all profiles, models, plugins and
/// declarations when one of the last three has changed, or what a profile takes from them.
struct AcceptedFiles: Sendable {
    private var changed: Set<BundlePath> = []
    private var isAnythingGone = false
    private var readDirectories: Set<String> = []
    private var lineage: Set<BundlePath> = []

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
        let directories = Set(changed.compactMap(\.topDirectory))
        if !directories.isDisjoint(with: ["models", "plugins", "policies"])
            || areLinksChanged(repository, tree, earlier, limits)
        {
            readDirectories = Self.linkedDirectories
        }
        readLineage(repository, tree, limits)
    }

    private static let linkedDirectories: Set = ["profiles", "models", "plugins", "policies"]

    /// Whether a changed profile takes other things from other documents than before.
    private func areLinksChanged(
        _ repository: borrowing Repository, _ tree: ObjectID, _ earlier: ObjectID,
        _ limits: ContentLimits
    ) -> Bool {
        for path in changed where path.topDirectory == "profiles" {
            let before = Self.document(path, earlier, repository, limits)?.profileLinks
            guard let before,
                before == Self.document(path, tree, repository, limits)?.profileLinks
            else { return true }
        }
        return false
    }

    /// A file, for what it says of others; the check reads it anew.
    private static func document(
        _ path: BundlePath, _ tree: ObjectID, _ repository: borrowing Repository,
        _ limits: ContentLimits
    ) -> ParsedDocument? {
        let bytes = try? TreeFileReader(limits: limits).contents(of: path, in: tree, repository)
        return bytes.map {
            ParsedDocument(path: path, bytes: $0, limits: limits, isScanned: true)
        }
    }

    /// Whether the file at this path needs no reading.
    func contains(_ path: BundlePath) -> Bool {
        // The manifest says whose the bundle is, so it is always read.
        if changed.contains(path) || path.text == "bundle.yaml" { return false }
        if isAnythingGone { return !path.isDocument }
        if lineage.contains(path) { return false }
        return readDirectories.isEmpty
            || path.topDirectory.map { !readDirectories.contains($0) } ?? true
    }

    /// The ancestors of changed profiles: a new circle goes through a profile that changed.
    private mutating func readLineage(
        _ repository: borrowing Repository, _ tree: ObjectID, _ limits: ContentLimits
    ) {
        for start in changed where start.topDirectory == "profiles" {
            var next: BundlePath? = start
            while let path = next, lineage.insert(path).inserted {
                // What cannot be read has no ancestors, and is found by the check itself.
                let parent = Self.document(path, tree, repository, limits)?.extendedProfile
                next = parent.flatMap { try? BundlePath("profiles/\($0).yaml") }
            }
        }
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
                add(path)
            }
        }
        if !known.isEmpty { isAnythingGone = true }
    }

    private mutating func add(_ name: [UInt8]) {
        guard let text = String(validating: name, as: UTF8.self),
            let path = try? BundlePath(text)
        else {
            // Nothing is known of what stands at such a name; it will be refused.
            isAnythingGone = true
            return
        }
        changed.insert(path)
    }
}
