internal import LibGit2
internal import Synchronization

/// Sizes of blobs that were verified, so that their headers are not read again.
///
/// An object id names its contents, so an entry never becomes wrong. Whether the blob is still there
/// is another matter, and asked each time.
final class BlobSizes: Sendable {
    private static let capacity = 1 << 18
    private let memory = Mutex<(values: [ObjectID: Int], known: [KnownObjects])>(([:], []))

    func value(of id: ObjectID) -> Int? {
        memory.withLock { memory in
            if let size = memory.values[id] { return size }
            for known in memory.known {
                if let size = known.size(of: id) { return size }
            }
            return nil
        }
    }

    /// Looks for sizes in what the gate remembers, too.
    func look(in known: KnownObjects) { memory.withLock { $0.known.append(known) } }

    func remember(_ sizes: [(ObjectID, Int)]) {
        memory.withLock { memory in
            memory.values.reserveCapacity(memory.values.count + sizes.count)
            for (id, size) in sizes {
                if memory.values.count >= Self.capacity {
                    memory.values.removeAll(keepingCapacity: true)
                }
                memory.values[id] = size
            }
        }
    }
}
