/// A wish of the owner that what nothing holds any more be collected.
package struct OwnerCollectRequest: Hashable, Sendable, Codable {
    /// How long a worker is kept after it ended.
    package let keepWorkersSeconds: Int

    /// The names of the fields.
    package enum CodingKeys: String, WireKey {
        case keepWorkersSeconds
    }

    /// Creates the document out of its fields.
    package init(keepWorkersSeconds: Int) {
        self.keepWorkersSeconds = keepWorkersSeconds
    }
}
