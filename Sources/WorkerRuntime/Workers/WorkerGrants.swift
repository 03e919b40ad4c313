/// What a worker was granted and what it goes without, by public names alone.
public struct WorkerGrants: Hashable, Sendable, Codable {
    /// References that were granted, e.g. `mount:checkout`.
    public let granted: [String]
    /// Optional grants that were denied, with the reason.
    public let dropped: [DeniedGrant]
}
