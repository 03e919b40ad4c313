internal import BundleModel

/// What a worker was granted and what it goes without, by public names alone.
public struct WorkerGrants: Hashable, Sendable, Codable {
    /// References that were granted, e.g. `mount:checkout`.
    public let granted: [String]
    /// Optional grants that were denied, or that the host did not have at the start, with the reason.
    public let dropped: [DeniedGrant]

    /// The form in which a row of the store holds them.
    var json: CanonicalJSON.Value {
        .object([
            "granted": .array(granted.map { .text($0) }),
            "dropped": .array(dropped.map { $0.json }),
        ])
    }
}

extension WorkerGrants {
    init(_ decision: PolicyDecision) {
        self.init(
            granted: decision.granted.map { $0.declaration.ref.description },
            dropped: decision.dropped)
    }
}
