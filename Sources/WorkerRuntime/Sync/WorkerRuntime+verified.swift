internal import BundleModel
internal import GRDB

extension WorkerRuntime {
    /// Whether this host has verified the contents of a pin, by whatever version of the rules.
    func isVerified(_ pin: ConfigBundleRef) throws(SheafError) -> Bool {
        try verifiedRecord(pin) != nil
    }

    /// Whether it was verified by the rules of this version.
    func isVerifiedByTodaysRules(_ pin: ConfigBundleRef) throws(SheafError) -> Bool {
        try verifiedRecord(pin)?.rulesVersion == BundleCheck.rulesVersion
    }

    private func verifiedRecord(_ pin: ConfigBundleRef) throws(SheafError) -> VerifiedRecord? {
        try verifiedRecords(of: pin.commit).first { record in
            record.workspace == pin.workspace.rawValue && record.bundle == pin.bundle.rawValue
                && record.digest == pin.digest.description
        }
    }

    /// What was verified under a commit, of whatever bundles. Rows come and none goes, and its owner
    /// alone makes them, so the owner reads those of a commit once.
    func verifiedRecords(of commit: CommitID) throws(SheafError) -> [VerifiedRecord] {
        if let known = verified[commit] { return known }
        let records = try database.look { database in
            try VerifiedRecord.fetchAll(
                database.cachedStatement(sql: "SELECT * FROM verified WHERE commitID = ?"),
                arguments: [commit.hex])
        }
        guard access == .owner, !records.isEmpty else { return records }
        if verified.count >= Self.maximumVerified { verified = [:] }
        verified[commit] = records
        return records
    }

    private static let maximumVerified = 1024

    /// Remembers that the contents of a pin were verified now. Alone it puts nothing in service;
    /// lost, it costs no more than to verify them again.
    func recordVerified(_ pin: ConfigBundleRef) throws(SheafError) {
        let record = VerifiedRecord(pin, at: now())
        let key = [
            "workspace": record.workspace, "bundle": record.bundle, "commitID": record.commitID,
        ]
        verified[pin.commit] = nil
        try database.writeRepairable { database in
            let known = try VerifiedRecord.fetchOne(database, key: key)
            if known?.digest == record.digest, known?.rulesVersion == record.rulesVersion { return }
            try record.upsert(database)
        }
    }
}
