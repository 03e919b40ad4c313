public import BundleModel
public import Foundation
internal import GRDB

/// What a list tells of a worker: of ``WorkerView`` what fits into a line, and the beginning of its
/// input. Labels, grants and the digests of the profile and the policy are left out.
public struct WorkerSummary: Hashable, Sendable {
    /// The worker, by the id that no other on this host has.
    public let id: WorkerID
    /// The id that was asked for: the same, unless a worker of another workspace had it first.
    public let requestedID: WorkerID
    /// What it is doing.
    public let state: WorkerState
    /// Where its profile came from.
    public let mode: WorkerMode
    /// The bundle's contents; nil in builtin mode.
    public let pin: ConfigBundleRef?
    /// The selector of the request.
    public let selector: ProfileSelector
    /// The profile that was selected.
    public let profile: String
    /// The beginning of its input, at most ``excerptLength`` Unicode scalars; when there is more it
    /// ends in `…`.
    public let inputExcerpt: String
    /// When it was created.
    public let createdAt: Date
    /// When its engine was started; nil when it never was.
    public let startedAt: Date?
    /// When it ended: its engine by itself, stopped, or failed.
    public let endedAt: Date?
    /// When it was stopped.
    public let stoppedAt: Date?

    /// The most that ``inputExcerpt`` has of an input, in Unicode scalars.
    public static let excerptLength = 120

    /// The summary of a worker of which everything is known.
    public init(_ worker: WorkerView) {
        id = worker.id
        requestedID = worker.requestedID
        state = worker.state
        mode = worker.mode
        pin = worker.pin
        selector = worker.selector
        profile = worker.profile
        inputExcerpt = Self.excerpt(of: worker.intent.input)
        createdAt = worker.createdAt
        startedAt = worker.startedAt
        endedAt = worker.endedAt
        stoppedAt = worker.stoppedAt
    }

    static func excerpt(of input: String) -> String {
        let start = input.unicodeScalars.prefix(excerptLength + 1)
        guard start.count > excerptLength else { return input }
        return String(String.UnicodeScalarView(start.dropLast())) + "…"
    }
}

// MARK: Rows

extension WorkerSummary {
    /// The columns of a summary. An index has them all: see
    /// ``RuntimeDatabase/migrateWorkerLists(_:)``.
    private static let columns = [
        "createdAt", "id", "requestedID", "state", "mode", "workspace", "bundle", "commitID",
        "bundleDigest",
        "selector", "profile", "excerpt", "startedAt", "endedAt", "stoppedAt", "exitStatus",
        "failureCode",
    ]

    /// Every worker, the newest first.
    static let query = """
        SELECT \(columns.joined(separator: ", ")), '' AS requestDigest, '' AS profileDigest,
            '' AS policyDigest, '' AS intent, '' AS grants, '' AS specification
        FROM worker ORDER BY createdAt DESC, id
        """

    /// An excerpt as a row has it: JSON, since as a text of its own it would end at its first NUL.
    static func stored(excerptOf input: String) -> String {
        CanonicalJSON.text(.array([.text(excerpt(of: input))]))
    }

    init(_ row: Row) throws(SheafError) {
        guard let record = try? WorkerRecord(row: row) else {
            throw SheafError(.storeCorrupt, "a worker's row cannot be read")
        }
        let damaged = SheafError(.storeCorrupt, "the row of worker '\(record.id)' cannot be read")
        guard let id = try? WorkerID(record.id),
            let requestedID = try? WorkerID(record.requestedID ?? record.id),
            let state = record.fullState,
            let mode = WorkerMode(rawValue: record.mode),
            let selector = try? ProfileSelector(record.selector),
            let excerpt = try? HostJSON.decode(record.excerpt ?? "", as: [String].self)
        else { throw damaged }
        self.id = id
        self.requestedID = requestedID
        self.state = state
        self.mode = mode
        pin = try WorkerView.pin(record, damaged)
        guard (pin != nil) == (mode == .synced) else { throw damaged }
        self.selector = selector
        profile = record.profile
        inputExcerpt = excerpt.first ?? ""
        createdAt = record.createdAt
        startedAt = record.startedAt
        endedAt = record.endedAt
        stoppedAt = record.stoppedAt
    }
}
