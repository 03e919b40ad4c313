internal import BundleModel
internal import LibGit2

/// Computes the digest of a tree in the object database.
struct TreeDigester {
    /// What was computed before; nil to compute everything from raw objects.
    let memory: DigestMemory?

    /// What is refused before it is read; nil for a tree whose ``TreeListing`` is in order.
    var limits: ContentLimits?

    /// The digest of a bundle's root tree.
    ///
    /// Throws `store_corrupt` when an object cannot be read, `limit_exceeded` for a tree that is
    /// too deep or a file that is too large.
    func digest(
        _ repository: borrowing Repository, tree: ObjectID
    ) throws(SheafError) -> BundleDigest {
        BundleDigest(root: try value(repository, ofTree: tree, depth: 1))
    }

    private func value(
        _ repository: borrowing Repository, ofTree tree: ObjectID, depth: Int
    ) throws(SheafError) -> SHA256Value {
        if let known = memory?.value(of: tree) { return known }
        if let limits, depth > limits.pathDepth {
            throw SheafError(
                .limitExceeded, "the tree is deeper than \(limits.pathDepth) levels")
        }
        var digest = TreeDigest()
        for entry in try Self.reading(tree, { () throws(GitError) in try repository.tree(tree) }) {
            if entry.isTree {
                let value = try value(repository, ofTree: entry.id, depth: depth + 1)
                digest.add(tree: entry.name, value)
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
    ) throws(SheafError) -> SHA256Value {
        if let known = memory?.value(of: blob) { return known }
        if let limits {
            let header = try Self.reading(blob) { () throws(GitError) in
                try repository.objectHeader(blob)
            }
            guard header.size <= limits.fileBytes else {
                throw SheafError(
                    .limitExceeded, "a file of the tree is over \(limits.fileBytes) bytes",
                    details: ["object": blob.hex])
            }
        }
        let value = try Self.reading(blob) { () throws(GitError) in
            try repository.sha256(ofBlob: blob)
        }
        memory?.remember(value, of: blob)
        return value
    }

    private static func reading<Value>(
        _ id: ObjectID, _ read: () throws(GitError) -> Value
    ) throws(SheafError) -> Value {
        do {
            return try read()
        } catch {
            throw SheafError(
                .storeCorrupt, "an object of the tree is missing or damaged",
                details: ["object": id.hex])
        }
    }
}

extension Repository {
    /// The SHA-256 of a blob's bytes, hashed where they lie.
    fileprivate func sha256(ofBlob id: ObjectID) throws(GitError) -> SHA256Value {
        SHA256Value(words: try sha256(of: id))
    }
}
