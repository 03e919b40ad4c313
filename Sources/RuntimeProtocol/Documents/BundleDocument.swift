public import BundleModel

/// Where contents are in service: `GET /v1/config-bundles/{digest}`.
public struct BundleDocument: Hashable, Sendable, Codable {
    /// The digest of the contents.
    public let digest: BundleDigest
    /// The channels that have a release of them in service; at least one.
    public let channels: [ChannelDocument]

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case digest, channels
    }

    /// Creates the document out of its fields.
    public init(digest: BundleDigest, channels: [ChannelDocument]) {
        self.digest = digest
        self.channels = channels
    }
}
