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
        var unknown: [ObjectID] = []
        var seen: Set<ObjectID> = []
        try collect(repository, tree, depth: 1, &unknown, &seen)
        let ahead =
            unknown.count < Self.worthAllCores
            ? [:]
            : try Self.reading(tree) { () throws(GitError) in
                try repository.sha256(ofAll: unknown).mapValues { SHA256Value(words: $0) }
            }
        return BundleDigest(root: try value(repository, ofTree: tree, depth: 1, ahead))
    }

    /// So many files are hashed on all cores before their trees are; fewer are not worth the start.
    private static let worthAllCores = 256

    /// The files whose digests are not known, within the limits.
    private func collect(
        _ repository: borrowing Repository, _ tree: ObjectID, depth: Int,
        _ unknown: inout [ObjectID], _ seen: inout Set<ObjectID>
    ) throws(SheafError) {
        guard memory?.value(of: tree) == nil, seen.insert(tree).inserted else { return }
        try requireDepth(depth)
        for entry in try Self.reading(tree, { () throws(GitError) in try repository.tree(tree) }) {
            if entry.isTree {
                try collect(repository, entry.id, depth: depth + 1, &unknown, &seen)
            } else if memory?.value(of: entry.id) == nil, seen.insert(entry.id).inserted {
                try requireSize(repository, entry.id)
                unknown.append(entry.id)
            }
        }
    }

    private func requireDepth(_ depth: Int) throws(SheafError) {
        if let limits, depth > limits.pathDepth {
            throw SheafError(
                .limitExceeded, "the tree is deeper than \(limits.pathDepth) levels")
        }
    }

    private func requireSize(
        _ repository: borrowing Repository, _ blob: ObjectID
    ) throws(SheafError) {
        guard let limits else { return }
        let header = try Self.reading(blob) { () throws(GitError) in
            try repository.objectHeader(blob)
        }
        guard header.size <= limits.fileBytes else {
            throw SheafError(
                .limitExceeded, "a file of the tree is over \(limits.fileBytes) bytes",
                details: ["object": blob.hex])
        }
    }

    private func value(
        _ repository: borrowing Repository, ofTree tree: ObjectID, depth: Int,
        _ ahead: [ObjectID: SHA256Value]
    ) throws(SheafError) -> SHA256Value {
        if let known = memory?.value(of: tree) { return known }
        try requireDepth(depth)
        var digest = TreeDigest()
        for entry in try Self.reading(tree, { () throws(GitError) in try repository.tree(tree) }) {
            if entry.isTree {
                let value = try value(repository, ofTree: entry.id, depth: depth + 1, ahead)
                digest.add(tree: entry.name, value)
            } else {
                digest.add(file: entry.name, try value(repository, ofBlob: entry.id, ahead))
            }
        }
        let value = digest.finish()
        memory?.remember(value, of: tree)
        return value
    }

    private func value(
        _ repository: borrowing Repository, ofBlob blob: ObjectID,
        _ ahead: [ObjectID: SHA256Value]
    ) throws(SheafError) -> SHA256Value {
        if let known = memory?.value(of: blob) { return known }
        let value: SHA256Value
        if let hashed = ahead[blob] {
            value = hashed
        } else {
            try requireSize(repository, blob)
            value = try Self.reading(blob) { () throws(GitError) in
                try repository.sha256(ofBlob: blob)
            }
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
