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
        let key = [
            "workspace": pin.workspace.rawValue, "bundle": pin.bundle.rawValue,
            "commitID": pin.commit.hex,
        ]
        let record = try database.read { try VerifiedRecord.fetchOne($0, key: key) }
        return record?.digest == pin.digest.description ? record : nil
    }

    /// Remembers that the contents of a pin were verified now. Alone it puts nothing in service.
    func recordVerified(_ pin: ConfigBundleRef) throws(SheafError) {
        let record = VerifiedRecord(pin, at: now())
        let key = [
            "workspace": record.workspace, "bundle": record.bundle, "commitID": record.commitID,
        ]
        try database.write { database in
            let known = try VerifiedRecord.fetchOne(database, key: key)
            if known?.digest == record.digest, known?.rulesVersion == record.rulesVersion { return }
            try record.upsert(database)
        }
    }
}
