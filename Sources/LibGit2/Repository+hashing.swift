internal import Dispatch
internal import Foundation
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
    /// Each core opens the repository for itself, because a handle is never shared. Throws
    /// `.notFound` when an object is absent, `.corrupt` when it is damaged.
    package func sha256(
        ofAll ids: [ObjectID]
    ) throws(GitError) -> [ObjectID: (UInt64, UInt64, UInt64, UInt64)] {
        let cores = max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))
        let size = max(1, (ids.count + cores - 1) / cores)
        let chunks = stride(from: 0, to: ids.count, by: size).map {
            $0..<min(ids.count, $0 + size)
        }
        let (path, folders) = (path, furtherObjects)
        let found = Mutex<[ObjectID: (UInt64, UInt64, UInt64, UInt64)]>([:])
        let failure = Mutex<GitError?>(nil)
        DispatchQueue.concurrentPerform(iterations: chunks.count) { index in
            do throws(GitError) {
                var repository = try Repository.open(at: path)
                for folder in folders { try repository.addObjects(at: folder) }
                for id in ids[chunks[index]] {
                    let value = try repository.sha256(of: id)
                    found.withLock { $0[id] = value }
                }
            } catch {
                failure.withLock { $0 = error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return found.withLock { $0 }
    }
}
