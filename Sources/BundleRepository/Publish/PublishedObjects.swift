internal import BundleModel
internal import LibGit2

/// The objects of one publish that the repository does not have yet.
struct PublishedObjects {
    private var blobs: [ScannedFile] = []
    private var trees: [TreeBuilder.BuiltTree] = []
    private var commits: [RawCommit] = []
    let root: ObjectID

    /// Picks what is new out of a directory and the trees built from it.
    ///
    /// What the parent's tree reaches is there already; only the rest is looked up one by one.
    init(
        _ directory: BundleDirectory, _ built: TreeBuilder, _ repository: borrowing Repository,
        parent: ObjectID?, _ limits: ContentLimits
    ) throws(SheafError) {
        root = built.root
        var seen = Set<ObjectID>()
        if let parent {
            try mapping("the newest revision") { () throws(GitError) in
                try Self.collect(repository, parent, &seen, depth: limits.pathDepth)
            }
        }
        repository.refreshObjects()
        for file in directory.files where seen.insert(file.blob).inserted {
            if !repository.contains(file.blob, refreshing: false) { blobs.append(file) }
        }
        for tree in built.trees where seen.insert(tree.id).inserted {
            if !repository.contains(tree.id, refreshing: false) { trees.append(tree) }
        }
    }

    private static func collect(
        _ repository: borrowing Repository, _ tree: ObjectID, _ seen: inout Set<ObjectID>,
        depth: Int
    ) throws(GitError) {
        // A parent that plain Git wrote may be deeper than any bundle.
        guard depth > 0, seen.insert(tree).inserted else { return }
        for entry in try repository.tree(tree) {
            if entry.isTree {
                try collect(repository, entry.id, &seen, depth: depth - 1)
            } else {
                seen.insert(entry.id)
            }
        }
    }

    /// Adds a commit and returns its id.
    mutating func add(_ commit: RawCommit) -> ObjectID {
        commits.append(commit)
        return ObjectID.hash(.commit, commit.encode())
    }

    /// Writes everything in one pack that is durable when this returns.
    func write(
        to repository: borrowing Repository, reading reader: DirectoryFileReader,
        _ limits: ContentLimits
    ) throws(SheafError) {
        do {
            try repository.writePack(
                objectCount: blobs.count + trees.count + commits.count
            ) { writer in
                for blob in blobs {
                    _ = try writer.add(.blob, try reader.contents(of: blob, limits))
                }
                for tree in trees { _ = try writer.add(.tree, tree.content) }
                for commit in commits { _ = try writer.add(.commit, commit.encode()) }
            }
        } catch let error as SheafError {
            throw error
        } catch let error as GitError {
            throw SheafError(error, "the revision's objects")
        } catch {
            throw SheafError(.ioError, "the revision's objects cannot be written")
        }
    }
}
