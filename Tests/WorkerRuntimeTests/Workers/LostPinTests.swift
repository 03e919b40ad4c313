import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("The pin of a live worker that the store has lost")
struct LostPinTests {
    /// A worker of the second release, and what then happens to the store of the ended runtime.
    private static func setup(
        _ loss: @escaping (RuntimeSetup) async throws -> Void
    ) async throws -> AcceptedSetup {
        try await AcceptedSetup { setup in
            do {
                let runtime = try setup.runtime()
                let pin = try await runtime.pin(setup.bundle, on: .latest)
                try await runtime.createWorker(
                    CreateWorkerRequest(
                        id: WorkerID("one"), selector: .bundleDefault, pin: pin, input: ""))
            }
            try await loss(setup)
        }
    }

    private static func pins(_ accepted: AcceptedSetup) async throws -> [String] {
        try await accepted.setup.mirrorGit().lines(
            "for-each-ref", "--format=%(refname)", "refs/pins")
    }

    @Test("is held again by the next owner")
    func reference() async throws {
        let accepted = try await Self.setup { setup in
            let git = setup.mirrorGit()
            let pins = try await git.lines("for-each-ref", "--format=%(refname)", "refs/pins")
            #expect(pins.count == 1)
            for pin in pins { try await git.check("update-ref", "-d", pin) }
        }
        _ = try await accepted.runtime.pin(accepted.bundle, on: .latest)
        #expect(try await Self.pins(accepted) == ["refs/pins/\(accepted.second.commit)"])
        try await accepted.runtime.stopWorker(WorkerID("one"))
        #expect(try await Self.pins(accepted) == [])
    }

    @Test("is held again when a sync has brought back a lost mirror")
    func mirror() async throws {
        let accepted = try await Self.setup { setup in
            try FileManager.default.removeItem(at: setup.mirror())
        }
        try await accepted.runtime.sync(accepted.bundle, on: .latest)
        #expect(try await Self.pins(accepted) == ["refs/pins/\(accepted.second.commit)"])
    }

    @Test("is no obstacle when its commit is gone for good")
    func commit() async throws {
        let accepted = try await Self.setup { setup in
            try FileManager.default.removeItem(at: setup.mirror())
            try await setup.git.check(
                "update-ref", "-d", "refs/heads/channels/support-agents/latest")
        }
        try await ForgedRelease(
            revision: 3, sequence: 3, parents: [], contents: .plain
        ).put(in: accepted.git)
        // History was rewritten: refused, and the worker is still there to be stopped.
        await failing(.historyRewritten) {
            try await accepted.runtime.sync(accepted.bundle, on: .latest)
        }
        #expect(try await accepted.runtime.stopWorker(WorkerID("one")).state == .stopped)
    }
}
