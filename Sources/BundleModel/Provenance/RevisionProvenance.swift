/// What the trailers of a revision say: what it is and where it came from.
public struct RevisionProvenance: Hashable, Sendable {
    /// The workspace that owns the bundle.
    public let workspace: WorkspaceID
    /// The bundle.
    public let bundle: BundleID
    /// The number of the revision, from 1.
    public let revision: Int
    /// The digest of the contents.
    public let digest: BundleDigest
    /// Where the contents came from.
    public let source: BundleSource
    /// Whether the source had changes; nil for a source outside Git.
    public let sourceState: SourceState?
    /// The program that made the commit, `sheaf/<version>`.
    public let publisher: String

    /// Creates the provenance of a new revision.
    public init(
        workspace: WorkspaceID, bundle: BundleID, revision: Int, digest: BundleDigest,
        source: BundleSource, sourceState: SourceState?, publisher: String = SheafVersion.publisher
    ) {
        self.workspace = workspace
        self.bundle = bundle
        self.revision = revision
        self.digest = digest
        self.source = source
        self.sourceState = sourceState
        self.publisher = publisher
    }

    /// The trailers, in the order in which they are written.
    public var trailers: [Trailer] {
        var list = [
            Trailer(TrailerName.workspace.rawValue, workspace.rawValue),
            Trailer(TrailerName.bundle.rawValue, bundle.rawValue),
            Trailer(TrailerName.revision.rawValue, String(revision)),
            Trailer(TrailerName.digest.rawValue, digest.description),
            Trailer(TrailerName.source.rawValue, source.text),
        ]
        if let sourceState {
            list.append(Trailer(TrailerName.sourceState.rawValue, sourceState.rawValue))
        }
        list.append(Trailer(TrailerName.publisher.rawValue, publisher))
        return list
    }

    /// Reads the trailers of a revision's commit.
    ///
    /// Throws `provenance_invalid` with every trailer that is missing, repeated, malformed,
    /// unknown, or belongs to a release.
    public init(message: CommitMessage, subject: String) throws(SheafError) {
        var reader = TrailerReader(message.trailers)
        let read = Self(reading: &reader)
        reader.refuseRest(allowing: { !$0.isRelease })
        self = try reader.get(read, subject: subject)
    }

    /// Takes the revision's trailers out of a reader; nil when one of them was wrong.
    init?(reading reader: inout TrailerReader) {
        let workspace = reader.take(.workspace) { try? WorkspaceID($0) }
        let bundle = reader.take(.bundle) { try? BundleID($0) }
        let revision = reader.take(.revision, TrailerReader.number)
        let digest = reader.take(.digest) { BundleDigest($0) }
        let source = reader.take(.source) { BundleSource($0) }
        let state: SourceState?? =
            source.map(\.isGit) == true
            ? reader.take(.sourceState) { SourceState(rawValue: $0) } : .some(nil)
        if source.map(\.isGit) == false { reader.forbid(.sourceState, because: "outside Git") }
        let publisher = reader.take(.publisher, TrailerReader.program)
        guard let workspace, let bundle, let revision, let digest, let source, let state,
            let publisher
        else { return nil }
        self.init(
            workspace: workspace, bundle: bundle, revision: revision, digest: digest,
            source: source, sourceState: state, publisher: publisher)
    }
}
