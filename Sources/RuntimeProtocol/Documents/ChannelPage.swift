/// A part of the list of channels, by workspace, bundle and channel.
public struct ChannelPage: Hashable, Sendable, Codable {
    /// The channels.
    public let channels: [ChannelDocument]
    /// What to give as `after` for what follows; nil at the end.
    public let next: String?

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case channels, next
    }

    /// Creates the document out of its fields.
    public init(channels: [ChannelDocument], next: String? = nil) {
        self.channels = channels
        self.next = next
    }
}
