public import BundleModel

/// What a collection of a store did, or would do: one entry for each bundle of the host.
public struct CollectionReport: Sendable, Codable {
    /// Whether nothing was changed.
    public let isDryRun: Bool
    /// The bundles, by workspace and name.
    public let bundles: [BundleCollection]
    /// Workers that ended so long ago that they and their directories were removed, or would be.
    public let removedWorkers: [WorkerID]

    /// The bytes of all bundles before.
    public var bytesBefore: Int { bundles.reduce(0) { $0 + $1.bytesBefore } }
    /// The bytes of all bundles now.
    public var bytesAfter: Int { bundles.reduce(0) { $0 + $1.bytesAfter } }
}
