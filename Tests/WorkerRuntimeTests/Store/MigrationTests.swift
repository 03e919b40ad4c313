import BundleModel
import BundleRepository
import Foundation
import GRDB
import TestSupport
import Testing
import WorkerRuntime

@Suite("The form of the store's database")
struct MigrationTests {
    /// What the first migration makes. It is frozen: hosts have run it. A test that has to change
    /// here means that a second migration is missing.
    private static let first = [
        "channel acceptedAt DATETIME", "channel acceptedCommit TEXT",
        "channel acceptedDigest TEXT", "channel acceptedRevision INTEGER",
        "channel attemptedAt DATETIME", "channel bundle TEXT NOT NULL",
        "channel channel TEXT NOT NULL", "channel contactedAt DATETIME",
        "channel failureCode TEXT", "channel failureMessage TEXT",
        "channel highestSequence INTEGER NOT NULL", "channel offeredCommit TEXT",
        "channel preflight TEXT", "channel workspace TEXT NOT NULL",
        "verified bundle TEXT NOT NULL", "verified commitID TEXT NOT NULL",
        "verified digest TEXT NOT NULL", "verified rulesVersion INTEGER NOT NULL",
        "verified verifiedAt DATETIME NOT NULL", "verified workspace TEXT NOT NULL",
        "worker bundle TEXT", "worker bundleDigest TEXT", "worker commitID TEXT",
        "worker createdAt DATETIME NOT NULL", "worker grants TEXT NOT NULL",
        "worker id TEXT NOT NULL", "worker intent TEXT NOT NULL", "worker mode TEXT NOT NULL",
        "worker policyDigest TEXT NOT NULL", "worker profile TEXT NOT NULL",
        "worker profileDigest TEXT NOT NULL", "worker requestDigest TEXT NOT NULL",
        "worker selector TEXT NOT NULL", "worker specification TEXT NOT NULL",
        "worker state TEXT NOT NULL", "worker stoppedAt DATETIME", "worker workspace TEXT",
    ]

    /// What the migration "workers-run" adds; frozen as well.
    private static let workersRun = [
        "worker endedAt DATETIME", "worker exitStatus INTEGER", "worker failureCode TEXT",
        "worker startedAt DATETIME",
    ]

    /// What the migration "worker-lists" adds; frozen as well.
    private static let workerLists = ["worker excerpt TEXT", "worker requestedID TEXT"]

    private static let identifiers = [
        "1: channels, workers, verified releases", "workers-run", "followed-origin",
        "worker-lists",
    ]

    @Test("the migrations make what they have always made")
    func frozen() async throws {
        let setup = try await RuntimeSetup()
        do { _ = try setup.runtime() }
        let columns = try await StoreRows(setup).texts(
            """
            SELECT t.name || ' ' || c.name || ' ' || c.type || iif(c."notnull", ' NOT NULL', '')
            FROM sqlite_master t, pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name IN ('channel', 'verified', 'worker')
            ORDER BY 1
            """)
        let now = Self.first + Self.workersRun + Self.workerLists
        #expect(columns == now.sorted())
        let known = try await StoreRows(setup).texts("SELECT identifier FROM grdb_migrations")
        #expect(Set(known).isSuperset(of: Self.identifiers))
    }

    @Test("the migration of what happens over time makes what it has always made")
    func storeOverTime() async throws {
        let setup = try await RuntimeSetup()
        do { _ = try setup.runtime() }
        let columns = try await StoreRows(setup).texts(
            """
            SELECT t.name || ' ' || c.name || ' ' || c.type || iif(c."notnull", ' NOT NULL', '')
            FROM sqlite_master t, pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name IN ('forgotten', 'refusal')
            ORDER BY 1
            """)
        #expect(
            columns == [
                "forgotten bundle TEXT NOT NULL", "forgotten channel TEXT NOT NULL",
                "forgotten commitID TEXT", "forgotten forgottenAt DATETIME NOT NULL",
                "forgotten id INTEGER", "forgotten isDone BOOLEAN NOT NULL",
                "forgotten reason TEXT NOT NULL", "forgotten sequence INTEGER NOT NULL",
                "forgotten workspace TEXT NOT NULL", "refusal bundle TEXT NOT NULL",
                "refusal channel TEXT NOT NULL", "refusal code TEXT NOT NULL",
                "refusal commitID TEXT NOT NULL", "refusal digest TEXT",
                "refusal message TEXT NOT NULL", "refusal refusedAt DATETIME NOT NULL",
                "refusal sequence INTEGER", "refusal workspace TEXT NOT NULL",
            ])
    }

    @Test("a store that an older version made is read as it is, and works once it has an owner")
    func older() async throws {
        let accepted = try await AcceptedSetup { setup in
            let rows = try StoreRows(setup)
            try await rows.run("DROP TABLE refusal")
            try await rows.run("DROP TABLE forgotten")
            try await rows.run("DELETE FROM grdb_migrations WHERE identifier = 'store-over-time'")
            let reader = try setup.runtime(.reader)
            let status = try await reader.status()
            #expect(status.map(\.conditions) == [[]])
        }
        let forgotten = try await accepted.runtime.forget(
            accepted.bundle, on: .latest, reason: "a test")
        #expect(forgotten.sequence == 2)
    }

    @Test("a database of the first version keeps its workers when it becomes one of the next")
    func upgraded() async throws {
        let setup = try await RuntimeSetup()
        do { _ = try setup.runtime() }
        let rows = try StoreRows(setup)
        try await rows.dropWorkerLists()
        for column in ["startedAt", "endedAt", "exitStatus", "failureCode"] {
            try await rows.run("ALTER TABLE worker DROP COLUMN \(column)")
        }
        try await rows.run("DELETE FROM grdb_migrations WHERE identifier = 'workers-run'")
        let zeros = String(repeating: "0", count: 64)
        try await rows.run(
            """
            INSERT INTO worker (id, requestDigest, mode, selector, profile, profileDigest,
                policyDigest, state, intent, grants, specification, createdAt, stoppedAt)
            VALUES ('old', ?, 'builtin', 'builtin:coder', 'builtin:coder', ?, ?, 'stopped',
                '{"input":"","labels":{}}', '{"dropped":[],"granted":[]}', '{}',
                '2026-01-01 00:00:00.000', '2026-01-02 00:00:00.000')
            """, [zeros, zeros, zeros])
        let worker = try await setup.runtime().worker(WorkerID("old"))
        #expect(worker.state == .stopped)
        #expect(worker.stoppedAt != nil && worker.endedAt == worker.stoppedAt)
        #expect(worker.startedAt == nil)
    }

    @Test(
        "a synced worker of an older version is known by its id, also to a reader before the owner")
    func workerLists() async throws {
        let host = try await EngineSetup()
        let request = try host.request("desk", input: String(repeating: "w", count: 200))
        let workspace = host.pin.workspace
        let selection = WorkerSelection(
            workspace: workspace, after: WorkerSelection.Place(createdAt: "9999-01-01", id: "x"))
        do {
            let runtime = try host.runtime()
            try await runtime.createWorker(request, starting: false)
            try await runtime.createWorker(host.request("desk", "two"), starting: false)
        }
        let rows = try StoreRows(host.setup)
        try await rows.dropWorkerLists()
        // A row that cannot be read is in the way of no other.
        try await rows.run("UPDATE worker SET intent = '{' WHERE id = 'two'")
        let reader = try host.runtime(.reader)
        #expect(try await reader.worker(named: request.id, in: workspace).requestedID == request.id)
        let read = try await reader.workers(selection, limit: 9).workers.map(\.id)
        #expect(read == [request.id])
        let runtime = try host.runtime()
        for runtime in [runtime, reader] {
            let worker = try await runtime.worker(named: request.id, in: workspace)
            #expect(worker.id == request.id && worker.requestedID == request.id)
            let listed = try await runtime.workers(selection, limit: 9).workers.map(\.id)
            #expect(listed == [worker.id])
        }
        try await rows.run("UPDATE worker SET requestedID = 'mine' WHERE id = 'one'")
        #expect(try await reader.worker(named: WorkerID("mine"), in: workspace).id == request.id)
        try await rows.run("UPDATE worker SET requestedID = 'one' WHERE id = 'one'")
        let names = try await rows.texts("SELECT requestedID FROM worker ORDER BY id")
        #expect(names == ["one", "two"])
        let again = try await runtime.createWorker(request, starting: false)
        #expect(!again.isNew && again.worker.id == request.id)
        #expect(
            try await runtime.workerSummaries().map(\.inputExcerpt)
                == [String(repeating: "w", count: 120) + "…"])
    }

    @Test("a channel that an older version followed by a request is one that was asked for")
    func followedOrigin() async throws {
        let setup = try await RuntimeSetup()
        let place = "'acme', 'support-agents'"
        do { _ = try setup.runtime() }
        let rows = try StoreRows(setup)
        try await rows.run("ALTER TABLE followed DROP COLUMN wasRequested")
        try await rows.run("DELETE FROM grdb_migrations WHERE identifier = 'followed-origin'")
        for (channel, origin) in [("asked", "request"), ("named", "configuration")] {
            try await rows.run(
                """
                INSERT INTO followed (workspace, bundle, channel, origin, followedAt)
                VALUES (\(place), '\(channel)', '\(origin)', '2026-01-01 00:00:00.000')
                """)
        }
        do { _ = try setup.runtime() }
        let requested = try await rows.texts(
            "SELECT channel FROM followed WHERE wasRequested ORDER BY channel")
        #expect(requested == ["asked"])
        #expect(
            try await rows.texts("SELECT channel FROM followed WHERE wasRequested IS NULL") == [])
    }

    @Test(
        "a database of a newer version is refused as store_corrupt, and left as it is",
        arguments: [StoreAccess.owner, .reader])
    func newer(_ access: StoreAccess) async throws {
        let setup = try await RuntimeSetup()
        do { _ = try setup.runtime() }
        try await StoreRows(setup).run(
            "INSERT INTO grdb_migrations VALUES ('2: something of tomorrow')")
        let error = await failing(.storeCorrupt) { try await setup.runtime(access).workers() }
        #expect(error?.hint?.contains("newer") == true)
        let known = try await StoreRows(setup).texts("SELECT identifier FROM grdb_migrations")
        #expect(known.contains("2: something of tomorrow"))
    }
}
