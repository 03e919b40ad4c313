internal import BundleModel
internal import LibGit2
internal import Synchronization

/// Digests that were computed already, by the Git id of the tree or blob.
///
/// An object id names its contents, so an entry never becomes wrong. What is asked to verify
/// everything from raw objects does not look here.
package final class DigestMemory: Sendable {
    private static let capacity = 1 << 20
    private let values = Mutex<[ObjectID: SHA256Value]>([:])

    package init() {}

    func value(of id: ObjectID) -> SHA256Value? {
        values.withLock { $0[id] }
    }

    func remember(_ value: SHA256Value, of id: ObjectID) {
        values.withLock { values in
            if values.count >= Self.capacity { values.removeAll(keepingCapacity: true) }
            values[id] = value
        }
    }

    /// Remembers many at once.
    func remember(_ known: some Sequence<(ObjectID, SHA256Value)>) {
        values.withLock { values in
            values.reserveCapacity(values.count + known.underestimatedCount)
            for (id, value) in known where values.count < Self.capacity { values[id] = value }
        }
    }
}
