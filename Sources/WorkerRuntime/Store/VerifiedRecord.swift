internal import BundleModel
internal import Foundation
internal import GRDB

/// A release that this host has verified, and by which rules: a row of the database.
struct VerifiedRecord: Codable, Hashable, Sendable {
    var workspace: String
    var bundle: String
    var commitID: String
    var digest: String
    /// The version of the rules that it was last verified by.
    var rulesVersion: Int
    var verifiedAt: Date

    init(_ pin: ConfigBundleRef, at moment: Date) {
        workspace = pin.workspace.rawValue
        bundle = pin.bundle.rawValue
        commitID = pin.commit.hex
        digest = pin.digest.description
        rulesVersion = BundleCheck.rulesVersion
        verifiedAt = moment
    }
}

extension VerifiedRecord: FetchableRecord, PersistableRecord {
    static var databaseTableName: String { "verified" }
}
