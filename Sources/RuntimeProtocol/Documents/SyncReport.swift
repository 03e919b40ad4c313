/// What a sync or an import did.
public struct SyncReport: Hashable, Sendable, Codable {
    /// How the release in service changed.
    public let outcome: SyncOutcome
    /// The release in service.
    public let release: ReleaseDocument
    /// The release that was in service before.
    public let previous: ReleaseDocument?
    /// Objects received.
    public let objects: Int
    /// Bytes received.
    public let bytes: Int
    /// What the host policy says to every profile, by name.
    public let profiles: [DecisionDocument]
    /// Whether the store could record when; the release is in service either way.
    public let isRecorded: Bool

    /// The names of the fields.
    public enum CodingKeys: String, WireKey {
        case outcome, release, previous, objects, bytes, profiles, isRecorded
    }

    /// Creates the document out of its fields.
    public init(
        outcome: SyncOutcome, release: ReleaseDocument, previous: ReleaseDocument? = nil,
        objects: Int, bytes: Int, profiles: [DecisionDocument], isRecorded: Bool
    ) {
        self.outcome = outcome
        self.release = release
        self.previous = previous
        self.objects = objects
        self.bytes = bytes
        self.profiles = profiles
        self.isRecorded = isRecorded
    }
}
