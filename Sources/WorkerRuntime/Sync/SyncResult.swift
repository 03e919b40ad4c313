public import BundleModel
public import BundleRepository

/// What a sync did.
public struct SyncResult: Sendable {
    /// How the accepted release changed.
    public enum Outcome: String, Hashable, Sendable, Codable {
        /// The first release of the channel on this host.
        case accepted
        /// Another release with other contents came into service.
        case updated
        /// A new release with the same contents: the pin moved, nothing was activated anew.
        case moved
        /// The release in service is the newest.
        case unchanged
    }

    /// How the accepted release changed.
    public let outcome: Outcome
    /// The release in service.
    public let release: Release
    /// The release that was in service before.
    public let previous: Release?
    /// Objects received.
    public let objects: Int
    /// Bytes received.
    public let bytes: Int
    /// What the host policy says to every profile of the release, by name.
    public let profiles: [ProfilePreflight]
    /// Whether the store could record when; the release is in service either way.
    public let isRecorded: Bool

    /// Describes a sync, also one that a daemon did.
    package init(
        outcome: Outcome, release: Release, previous: Release?, objects: Int, bytes: Int,
        profiles: [ProfilePreflight], isRecorded: Bool
    ) {
        self.outcome = outcome
        self.release = release
        self.previous = previous
        self.objects = objects
        self.bytes = bytes
        self.profiles = profiles
        self.isRecorded = isRecorded
    }

    /// The pin of the release in service.
    public var pin: ConfigBundleRef { release.pin }
}
