import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("The list of workers in short")
struct WorkerSummaryTests {
    /// Creates workers of a builtin profile with these inputs, each under its number.
    private func create(
        _ inputs: [String], _ setup: RuntimeSetup, _ clock: TestClock
    ) async throws -> WorkerRuntime {
        let runtime = try setup.runtime(now: clock.now)
        for (number, input) in inputs.enumerated() {
            clock.advance(by: 0.25)
            try await runtime.createWorker(
                CreateWorkerRequest(
                    id: WorkerID("w-\(number)"), selector: .builtin(ProfileID("coder")), pin: nil,
                    input: input))
        }
        return runtime
    }

    @Test(
        "tells what the long one tells, and the beginning of each input",
        arguments: [
            ("", ""), ("one line\nand another", "one line\nand another"),
            ("a\u{0}b\u{1F600}", "a\u{0}b\u{1F600}"),
            (String(repeating: "x", count: 120), String(repeating: "x", count: 120)),
            (String(repeating: "日", count: 121), String(repeating: "日", count: 120) + "…"),
            (String(repeating: "y", count: 1 << 20), String(repeating: "y", count: 120) + "…"),
        ])
    func excerpts(_ input: String, _ excerpt: String) async throws {
        let setup = try await RuntimeSetup()
        let runtime = try await create([input], setup, TestClock())
        let summaries = try await runtime.workerSummaries()
        #expect(summaries.map(\.inputExcerpt) == [excerpt])
        #expect(try await summaries == runtime.workers().map(WorkerSummary.init))
    }

    @Test("is the newest first, and of the same workers as the long one in every state")
    func states() async throws {
        let host = try await EngineSetup()
        let runtime = try host.runtime()
        for id in ["runs", "stops"] { try await runtime.createWorker(host.request("waits", id)) }
        try await runtime.createWorker(host.request("waits", "never"), starting: false)
        await failing(.engineFailed) { try await runtime.createWorker(host.request("fails", "f")) }
        try await runtime.stopWorker(WorkerID("stops"))
        for access in [StoreAccess.owner, .reader] {
            let looker = access == .owner ? runtime : try host.runtime(.reader)
            let summaries = try await looker.workerSummaries()
            #expect(try await summaries == looker.workers().map(WorkerSummary.init))
            #expect(
                Set(summaries.map(\.state)) == [
                    .running, .stopped, .created, .failed(.refused(.engineFailed)),
                ])
        }
        try await runtime.stopWorker(WorkerID("runs"), grace: .zero)
    }

    @Test("leaves one out whose record is damaged, and the logger is told")
    func damaged() async throws {
        let setup = try await RuntimeSetup()
        let book = LogBook()
        do { _ = try await create(["", "", ""], setup, TestClock()) }
        let runtime = try setup.runtime(logger: book.logger)
        let rows = try StoreRows(setup)
        try await rows.run("UPDATE worker SET excerpt = '{' WHERE id = 'w-0'")
        try await rows.run("UPDATE worker SET state = 'asleep' WHERE id = 'w-1'")
        #expect(try await runtime.workerSummaries().map(\.id.rawValue) == ["w-2"])
        #expect(book.lines.filter { $0.contains("a worker could not be shown") }.count == 2)
    }

    @Test("needs nothing of the rows but an index: no input is read, however large")
    func index() async throws {
        let setup = try await RuntimeSetup()
        do { _ = try await create([""], setup, TestClock()) }
        let plan = try await StoreRows(setup).plan(
            """
            SELECT createdAt, id, requestedID, state, mode, workspace, bundle, commitID, bundleDigest, selector,
                profile, excerpt, startedAt, endedAt, stoppedAt, exitStatus, failureCode
            FROM worker ORDER BY createdAt DESC, id
            """)
        #expect(plan == ["SCAN worker USING COVERING INDEX worker_summary"])
    }

    @Test("comes from a store that an older version made, before and after it has an owner")
    func older() async throws {
        let setup = try await RuntimeSetup()
        let inputs = ["short", String(repeating: "z", count: 4000)]
        do { _ = try await create(inputs, setup, TestClock()) }
        let rows = try StoreRows(setup)
        try await rows.dropWorkerLists()
        let before = try await setup.runtime(.reader).workerSummaries()
        #expect(before.map(\.inputExcerpt) == [String(repeating: "z", count: 120) + "…", "short"])
        #expect(try await setup.runtime().workerSummaries() == before)
    }
}
