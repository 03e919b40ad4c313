internal import Foundation
internal import GRDB

/// A worker as the database has it. It may hold paths of the host and never leaves it.
struct WorkerRecord: Codable, Hashable, Sendable {
    var id: String
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
    var state: String
    /// JSON: ``WorkerIntent``. As a text of its own the input would end at its first NUL.
    var intent: String
    /// JSON: the public names of what was granted and of what was dropped.
    var grants: String
    /// JSON: ``StoredWorkerSpec``.
    var specification: String
    var createdAt: Date
    var stoppedAt: Date?
}

extension WorkerRecord: FetchableRecord, PersistableRecord {
    static var databaseTableName: String { "worker" }
}
