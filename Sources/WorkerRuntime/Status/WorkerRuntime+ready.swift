public import BundleModel
internal import GRDB

extension WorkerRuntime {
    /// Returns when the runtime can do its work: the host policy is in order, and the store answers.
    ///
    /// It reads the policy's file and one row, whatever is in the store, so that it may be asked every
    /// second. Throws `host_policy_invalid`, `store_corrupt`, `store_busy`, `io_error`.
    public func requireReady() throws(SheafError) {
        _ = try policyAsWritten()
        _ = try database.look { try Int.fetchOne($0, sql: "SELECT 1 FROM grdb_migrations LIMIT 1") }
    }
}
