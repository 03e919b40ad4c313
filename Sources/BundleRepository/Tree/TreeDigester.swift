internal import BundleModel
internal import LibGit2

/// Computes the digest of a tree in the object database.
struct TreeDigester {
    /// What was computed before; nil to compute everything from raw objects.
    let memory: DigestMemory?

    /// The digest of a bundle's root tree; throws `store_corrupt` when an object cannot be read.
    func digest(
        _ repository: borrowing Repository, tree: ObjectID
    ) throws(SheafError) -> BundleDigest {
        do {
            return BundleDigest(root: try value(repository, ofTree: tree))
        } catch {
            throw SheafError(
                .storeCorrupt, "the tree cannot be read: \(error.message)",
                details: ["tree": tree.hex])
        }
    }

    private func value(
        _ repository: borrowing Repository, ofTree tree: ObjectID
    ) throws(GitError) -> SHA256Value {
        if let known = memory?.value(of: tree) { return known }
        var digest = TreeDigest()
        for entry in try repository.tree(tree) {
            if entry.isTree {
                digest.add(tree: entry.name, try value(repository, ofTree: entry.id))
            } else {
                digest.add(file: entry.name, try value(repository, ofBlob: entry.id))
            }
        }
        let value = digest.finish()
        memory?.remember(value, of: tree)
        return value
    }

    private func value(
        _ repository: borrowing Repository, ofBlob blob: ObjectID
    ) throws(GitError) -> SHA256Value {
        if let known = memory?.value(of: blob) { return known }
        let value = try repository.sha256(ofBlob: blob)
        memory?.remember(value, of: blob)
        return value
    }
}

extension Repository {
    /// The SHA-256 of a blob's bytes, hashed where they lie.
    fileprivate func sha256(ofBlob id: ObjectID) throws(GitError) -> SHA256Value {
        SHA256Value(words: try sha256(of: id))
    }
}
