internal import LibGit2
internal import Synchronization

/// Sizes of blobs that were verified, so that their headers are not read again.
///
/// An object id names its contents, so an entry never becomes wrong. Whether the blob is still there
/// is another matter, and asked each time.
final class BlobSizes: Sendable {
    private static let capacity = 1 << 18
    private let values = Mutex<[ObjectID: Int]>([:])

    func value(of id: ObjectID) -> Int? { values.withLock { $0[id] } }

    func remember(_ sizes: some Sequence<(ObjectID, Int)>) {
        values.withLock { values in
            values.reserveCapacity(values.count + sizes.underestimatedCount)
            for (id, size) in sizes {
                if values.count >= Self.capacity { values.removeAll(keepingCapacity: true) }
                values[id] = size
            }
        }
    }
}
