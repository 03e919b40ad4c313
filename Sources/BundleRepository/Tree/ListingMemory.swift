internal import LibGit2
internal import Synchronization

/// Sizes of blobs and entries of trees that were verified, so that they are not read again.
///
/// An object id names its contents, so an entry never becomes wrong. Whether the object is still
/// there is another matter, and asked each time.
final class ListingMemory: Sendable {
    private static let capacity = 1 << 18
    private let memory = Mutex<(sizes: [ObjectID: Int], known: [KnownObjects])>(([:], []))

    /// The size of a blob.
    func size(of id: ObjectID) -> Int? {
        memory.withLock { memory in
            if let size = memory.sizes[id] { return size }
            for known in memory.known {
                if let size = known.size(of: id) { return size }
            }
            return nil
        }
    }

    /// The entries of a tree, a small one that the gate remembers.
    func entries(of tree: ObjectID) -> [TreeEntry]? {
        memory.withLock { memory in
            for known in memory.known {
                if let entries = known.entries(of: tree) { return entries }
            }
            return nil
        }
    }

    /// Looks in what the gate remembers, too.
    func look(in known: KnownObjects) { memory.withLock { $0.known.append(known) } }

    func remember(_ sizes: [(ObjectID, Int)]) {
        memory.withLock { memory in
            memory.sizes.reserveCapacity(memory.sizes.count + sizes.count)
            for (id, size) in sizes {
                if memory.sizes.count >= Self.capacity {
                    memory.sizes.removeAll(keepingCapacity: true)
                }
                memory.sizes[id] = size
            }
        }
    }
}
