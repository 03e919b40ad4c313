internal import Synchronization

extension Repository {
    /// The SHA-256 of an object's content, hashed where it lies, as four words.
    ///
    /// Throws `.notFound` when it is absent, `.corrupt` when it is damaged.
    package func sha256(
        of id: ObjectID
    ) throws(GitError) -> (UInt64, UInt64, UInt64, UInt64) {
        try StoredObject(id, in: self).withBytes { ContentHash.sha256($0) }
    }

    /// The SHA-256 of many objects, read on as many cores as there are.
    ///
    /// Throws `.notFound` when an object is absent, `.corrupt` when it is damaged.
    package func sha256(
        ofAll ids: [ObjectID]
    ) throws(GitError) -> [ObjectID: (UInt64, UInt64, UInt64, UInt64)] {
        let found = Mutex<[ObjectID: (UInt64, UInt64, UInt64, UInt64)]>([:])
        try onAllCores(ids.count) { (repository, index) throws(GitError) in
            let value = try repository.sha256(of: ids[index])
            found.withLock { $0[ids[index]] = value }
        }
        return found.withLock { $0 }
    }
}
