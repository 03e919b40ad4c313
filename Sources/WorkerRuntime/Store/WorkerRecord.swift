internal import BundleModel
internal import Foundation
internal import GRDB

/// A worker as the database has it. It may hold paths of the host and never leaves it.
struct WorkerRecord: Codable, Hashable, Sendable {
    var id: String
    /// The id that was asked for, which is of its workspace; nil in a store that no owner of this
    /// version has opened yet.
    var requestedID: String?
    /// The SHA-256 of the request, by which a repeated request is known.
    var requestDigest: String
    var mode: String
    var workspace: String?
    var bundle: String?
    var commitID: String?
    var bundleDigest: String?
    var selector: String
    var profile: String
    var profileDigest: String
    var policyDigest: String
    /// The name of a ``WorkerState``.
    var state: String
    /// JSON: ``WorkerIntent``. As a text of its own the input would end at its first NUL.
    var intent: String
    /// JSON: the public names of what was granted and of what was dropped.
    var grants: String
    /// JSON: ``StoredWorkerSpec``.
    var specification: String
    var createdAt: Date
    var stoppedAt: Date?
    /// When its engine was started.
    var startedAt: Date?
    /// When it ended, in whatever way.
    var endedAt: Date?
    /// The exit status, when the state is `exited`.
    var exitStatus: Int32?
    /// The code of a ``WorkerFailure``, when the state is `failed`.
    var failureCode: String?
    /// JSON: the beginning of the input, for lists.
    var excerpt: String?
}

extension WorkerRecord: FetchableRecord, PersistableRecord {
    static var databaseTableName: String { "worker" }

    /// Written out, because a row is written for each worker that is created, and the way through
    /// `Codable` was a large part of the time that takes.
    func encode(to container: inout PersistenceContainer) {
        container["id"] = id
        container["requestedID"] = requestedID
        container["requestDigest"] = requestDigest
        container["mode"] = mode
        container["workspace"] = workspace
        container["bundle"] = bundle
        container["commitID"] = commitID
        container["bundleDigest"] = bundleDigest
        container["selector"] = selector
        container["profile"] = profile
        container["profileDigest"] = profileDigest
        container["policyDigest"] = policyDigest
        container["state"] = state
        container["intent"] = intent
        container["grants"] = grants
        container["specification"] = specification
        container["createdAt"] = createdAt
        container["stoppedAt"] = stoppedAt
        container["startedAt"] = startedAt
        container["endedAt"] = endedAt
        container["exitStatus"] = exitStatus
        container["failureCode"] = failureCode
        container["excerpt"] = excerpt
    }
}

extension WorkerRecord {
    /// The state with what goes with it; nil when the row is damaged.
    var fullState: WorkerState? {
        switch state {
        case "created": .created
        case "starting": .starting
        case "running": .running
        case "stopped": .stopped
        case "exited": exitStatus.map { .exited(status: $0) }
        case "failed": failureCode.flatMap { WorkerFailure(code: $0) }.map { .failed($0) }
        default: nil
        }
    }

    /// Whether a store has the columns that lists are read from: not one that no owner of this version
    /// has opened yet, which a reader beside an owner of an earlier one sees.
    static func hasListColumns(_ database: Database) throws -> Bool {
        // Not by GRDB's memory of the schema, which does not notice what another process changes.
        try Bool.fetchOne(
            database.cachedStatement(
                sql: "SELECT 1 FROM pragma_table_info('worker') WHERE name = 'requestedID'"))
            ?? false
    }

    /// Writes that the worker has ended.
    mutating func end(_ end: WorkerEnd) {
        startedAt = startedAt ?? end.startedAt
        endedAt = end.moment
        switch end.outcome {
        case .exited(let status):
            state = WorkerState.exited(status: status).name
            exitStatus = status
        case .stopped:
            state = WorkerState.stopped.name
            stoppedAt = end.moment
        case .failed(let failure):
            state = WorkerState.failed(failure).name
            failureCode = failure.code
        }
    }
}
