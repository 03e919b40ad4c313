internal import BundleModel
internal import LibGit2
internal import Synchronization

/// Digests that were computed already, by the Git id of the tree or blob.
///
/// An object id names its contents, so an entry never becomes wrong. What is asked to verify
/// everything from raw objects does not look here.
package final class DigestMemory: Sendable {
    private static let capacity = 1 << 20
    private let memory = Mutex<(values: [ObjectID: SHA256Value], known: [KnownObjects])>(([:], []))

    package init() {}

    func value(of id: ObjectID) -> SHA256Value? {
        memory.withLock { memory in
            if let value = memory.values[id] { return value }
            for known in memory.known {
                if let value = known.value(of: id) { return value }
            }
            return nil
        }
    }

    /// Looks for digests in what the gate remembers, too.
    func look(in known: KnownObjects) { memory.withLock { $0.known.append(known) } }

    func remember(_ value: SHA256Value, of id: ObjectID) {
        memory.withLock { memory in
            if memory.values.count >= Self.capacity {
                memory.values.removeAll(keepingCapacity: true)
            }
            memory.values[id] = value
        }
    }
}
