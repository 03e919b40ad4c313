internal import GRDB

extension RuntimeDatabase {
    /// The tables of what happens to a store over time. Frozen once it is merged.
    static func migrateStoreOverTime(_ database: Database) throws {
        try database.create(table: RefusalRecord.databaseTableName) { table in
            table.primaryKey {
                for name in ["workspace", "bundle", "channel"] {
                    table.column(name, .text).notNull()
                }
            }
            for name in ["commitID", "code", "message"] { table.column(name, .text).notNull() }
            table.column("sequence", .integer)
            table.column("digest", .text)
            table.column("refusedAt", .datetime).notNull()
        }
        try database.create(table: ForgottenRecord.databaseTableName) { table in
            table.autoIncrementedPrimaryKey("id")
            for name in ["workspace", "bundle", "channel", "reason"] {
                table.column(name, .text).notNull()
            }
            table.column("commitID", .text)
            table.column("sequence", .integer).notNull()
            table.column("forgottenAt", .datetime).notNull()
            table.column("isDone", .boolean).notNull()
        }
    }
}
