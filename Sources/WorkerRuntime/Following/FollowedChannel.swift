public import BundleModel

/// A channel of a bundle that a host keeps up to date by itself: `<workspace>/<bundle>@<channel>`.
public struct FollowedChannel: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The workspace.
    public let workspace: WorkspaceID
    /// The bundle.
    public let bundle: BundleID
    /// The channel.
    public let channel: ChannelID

    /// Names a channel.
    public init(_ workspace: WorkspaceID, _ bundle: BundleID, _ channel: ChannelID) {
        self.workspace = workspace
        self.bundle = bundle
        self.channel = channel
    }

    /// Reads `<workspace>/<bundle>@<channel>`; throws `invalid_request`.
    public init(_ text: String) throws(SheafError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let names = parts.last?.split(separator: "@", omittingEmptySubsequences: false) ?? []
        guard parts.count == 2, names.count == 2 else { throw Self.malformed(text) }
        do throws(IdentifierError) {
            self.init(
                try WorkspaceID(String(parts[0])), try BundleID(String(names[0])),
                try ChannelID(String(names[1])))
        } catch {
            throw Self.malformed(text)
        }
    }

    /// `<workspace>/<bundle>@<channel>`.
    public var description: String { "\(workspace)/\(bundle)@\(channel)" }

    /// By workspace, bundle and channel.
    public static func < (one: FollowedChannel, other: FollowedChannel) -> Bool {
        (one.workspace.rawValue, one.bundle.rawValue, one.channel.rawValue)
            < (other.workspace.rawValue, other.bundle.rawValue, other.channel.rawValue)
    }

    private static func malformed(_ text: String) -> SheafError {
        SheafError(
            .invalidRequest, "'\(DisplayText.excerpt(text))' is no channel that can be followed",
            hint: "write <workspace>/<bundle>@<channel>")
    }
}
