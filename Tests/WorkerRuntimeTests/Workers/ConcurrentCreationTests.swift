import BundleModel
import BundleRepository
import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import WorkerRuntime

@Suite("Creating workers at the same time")
struct ConcurrentCreationTests {
    private func request(
        _ id: String, _ pin: ConfigBundleRef, _ input: String = "look at ticket 12"
    ) throws -> CreateWorkerRequest {
        CreateWorkerRequest(
            id: try WorkerID(id), selector: .bundleDefault, pin: pin, input: input)
    }

    private func createAll(
        _ requests: [CreateWorkerRequest], _ runtime: WorkerRuntime
    ) async -> [Result<CreatedWorker, SheafError>] {
        await withTaskGroup { group in
            for request in requests {
                group.addTask { () -> Result<CreatedWorker, SheafError> in
                    do throws(SheafError) {
                        return .success(try await runtime.createWorker(request))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func pins(_ accepted: AcceptedSetup) async throws -> [String] {
        try await accepted.setup.mirrorGit().lines(
            "for-each-ref", "--format=%(objectname)", "refs/pins/")
    }

    @Test("a hundred equal requests at once create one worker")
    func equal() async throws {
        let accepted = try await AcceptedSetup()
        let request = try request("one", accepted.second)
        let results = await createAll(
            Array(repeating: request, count: 100), accepted.runtime
        ).map { try? $0.get() }
        #expect(results.count { $0?.isNew == true } == 1)
        #expect(results.count { $0?.isNew == false } == 99)
        #expect(Set(results.map { $0?.worker }).count == 1)
        #expect(try await accepted.runtime.workers().map(\.id.rawValue) == ["one"])
        #expect(try await pins(accepted) == [accepted.second.commit.hex])
    }

    @Test("of different requests for one id at once, one is served and the others are conflict")
    func unequal() async throws {
        let accepted = try await AcceptedSetup()
        let requests = try (0..<20).map { try request("one", accepted.second, "ticket \($0)") }
        let results = await createAll(requests, accepted.runtime)
        let errors = results.compactMap { result -> SheafError.Code? in
            if case .failure(let error) = result { error.code } else { nil }
        }
        #expect(errors == Array(repeating: .conflict, count: 19))
        let worker = try await accepted.runtime.worker(WorkerID("one"))
        #expect(results.contains { (try? $0.get().worker) == worker })
    }

    @Test("a hundred workers created at once are all on record as they were answered")
    func different() async throws {
        let accepted = try await AcceptedSetup()
        let requests = try (0..<100).map { try request("w-\($0)", accepted.second) }
        let results = await createAll(requests, accepted.runtime)
        let workers = try results.map { try $0.get().worker }.sorted { $0.id < $1.id }
        #expect(workers.count == 100)
        let reader = try accepted.setup.runtime(.reader)
        #expect(try await reader.workers().sorted { $0.id < $1.id } == workers)
    }

    @Test("a pin stays while a worker that uses it is being recorded and the last other one stops")
    func heldPins() async throws {
        let accepted = try await AcceptedSetup()
        let runtime = accepted.runtime
        var last = try WorkerID("w-0")
        try await runtime.createWorker(request(last.rawValue, accepted.second))
        for round in 1...100 {
            let requests = try (0..<2).map { try request("w-\(round)-\($0)", accepted.second) }
            let old = last
            let (stops, stop) = AsyncStream.makeStream(of: Void.self)
            // When the last of the two holds the pin and its row is not on disk.
            let holding = Mutex(0)
            await runtime.watchSteps { step in
                guard step == .pinned,
                    holding.withLock({
                        $0 += 1; return $0 == 2
                    })
                else { return }
                Task {
                    _ = try? await runtime.stopWorker(old)
                    stop.finish()
                }
            }
            for result in await createAll(requests, runtime) { _ = try result.get() }
            for await _ in stops {}
            #expect(try await pins(accepted) == [accepted.second.commit.hex], "round \(round)")
            _ = try await runtime.stopWorker(requests[0].id)
            last = requests[1].id
        }
        _ = try await runtime.stopWorker(last)
        #expect(try await pins(accepted) == [])
    }

    // MARK: The rows

    private func record(_ id: String) -> WorkerRecord {
        WorkerRecord(
            id: id, requestDigest: "", mode: "builtin", selector: "", profile: "",
            profileDigest: "", policyDigest: "", state: "created", intent: "{}", grants: "{}",
            specification: "{}", createdAt: Date(timeIntervalSince1970: 0))
    }

    @Test("rows that come together are all inserted but for one that cannot be")
    func failingRow() async throws {
        let place = try TemporaryDirectory()
        let database = try RuntimeDatabase(path: place.path + "/runtime.sqlite", isOwner: true)
        try database.write { try record("known").insert($0) }
        let inserts = WorkerInserts(database)
        let ids = (0..<40).map { $0 == 17 ? "known" : "row-\($0)" }
        let failed = await withTaskGroup(of: String?.self) { group in
            for id in ids {
                group.addTask {
                    do throws(SheafError) {
                        try await inserts.insert(record(id))
                        return nil
                    } catch {
                        return "\(id) \(error.code.rawValue)"
                    }
                }
            }
            return await group.reduce(into: []) { $0 += [$1].compactMap { $0 } }
        }
        #expect(failed == ["known io_error"])
        #expect(try database.read { try WorkerRecord.fetchCount($0) } == 40)
    }

    @Test("a commit is synchronised, and reading does not wait for the one that writes")
    func connections() throws {
        let place = try TemporaryDirectory()
        let database = try RuntimeDatabase(path: place.path + "/runtime.sqlite", isOwner: true)
        let level = try database.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(level == 2)
        try database.write { writer in
            try record("one").insert(writer)
            // What is not committed is not seen, and nobody waits for it.
            #expect(try database.read { try WorkerRecord.fetchCount($0) } == 0)
        }
        #expect(try database.read { try WorkerRecord.fetchCount($0) } == 1)
    }
}
