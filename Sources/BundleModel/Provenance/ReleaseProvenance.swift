/// What the trailers of a release say: which revision is on which channel, and why.
public struct ReleaseProvenance: Hashable, Sendable {
    /// The released revision's own trailers, repeated unchanged.
    public let revision: RevisionProvenance
    /// The channel.
    public let channel: ChannelID
    /// The number of the release on its channel, from 1.
    public let sequence: Int
    /// The commit of the revision.
    public let revisionCommit: CommitID
    /// Why it was released, in one line.
    public let reason: String

    /// Creates the provenance of a new release.
    ///
    /// Throws `invalid_request` when the reason is empty or not one line.
    public init(
        revision: RevisionProvenance, channel: ChannelID, sequence: Int, revisionCommit: CommitID,
        reason: String
    ) throws(SheafError) {
        guard let reason = TrailerReader.line(reason) else {
            throw SheafError(
                .invalidRequest, "a reason is one line of text, up to 500 characters",
                hint: "say in a few words why this release is made")
        }
        self.revision = revision
        self.channel = channel
        self.sequence = sequence
        self.revisionCommit = revisionCommit
        self.reason = reason
    }

    /// The trailers, in the order in which they are written.
    public var trailers: [Trailer] {
        revision.trailers + [
            Trailer(TrailerName.channel.rawValue, channel.rawValue),
            Trailer(TrailerName.sequence.rawValue, String(sequence)),
            Trailer(TrailerName.revisionCommit.rawValue, revisionCommit.hex),
            Trailer(TrailerName.reason.rawValue, reason),
        ]
    }

    /// Reads the trailers of a release's commit; throws `provenance_invalid` with every problem.
    public init(message: CommitMessage, subject: String) throws(SheafError) {
        var reader = TrailerReader(message.trailers)
        let revision = RevisionProvenance(reading: &reader)
        let channel = reader.take(.channel) { try? ChannelID($0) }
        let sequence = reader.take(.sequence, TrailerReader.number)
        let commit = reader.take(.revisionCommit) { CommitID($0) }
        let reason = reader.take(.reason, TrailerReader.line)
        reader.refuseRest(allowing: { _ in true })
        let read: Self? =
            if let revision, let channel, let sequence, let commit, let reason {
                try Self(
                    revision: revision, channel: channel, sequence: sequence,
                    revisionCommit: commit, reason: reason)
            } else { nil }
        self = try reader.get(read, subject: subject)
    }
}
