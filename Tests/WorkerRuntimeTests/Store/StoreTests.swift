import BundleModel
import BundleRepository
import Foundation
import GRDB
import TestSupport
import Testing
import WorkerRuntime

@Suite("The store of a runtime")
struct StoreTests {
    @Test("only its owner can read the database, which holds paths of the host")
    func permissions() async throws {
        let accepted = try await AcceptedSetup { setup in
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: "\(setup.store)/runtime.sqlite")
        }
        try await accepted.runtime.sync(accepted.bundle, on: .latest)
        for suffix in ["", "-wal", "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: "\(accepted.setup.store)/runtime.sqlite\(suffix)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
        }
    }

    @Test("a second owner gets store_busy, with the process that owns the store")
    func busy() async throws {
        let accepted = try await AcceptedSetup()
        let error = await failing(.storeBusy) { try accepted.setup.runtime() }
        #expect(
            error?.message.contains("process \(ProcessInfo.processInfo.processIdentifier)") == true)
        // The one that owns it goes on.
        #expect(try await accepted.runtime.sync(accepted.bundle, on: .latest).outcome == .unchanged)
    }

    @Test(
        "an owner in another process is named too, and its end frees the store",
        .timeLimit(.minutes(2)))
    func otherProcess() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let stalled = try await StalledRepository(setup.git.program.directory)
        let other = try DoomedSync(setup)
        let handle = try await stalled.asked()
        let error = await failing(.storeBusy) { try setup.runtime() }
        #expect(error?.message.contains("process \(other.processIdentifier) (sheaf)") == true)
        // A reader is welcome meanwhile.
        #expect(try await setup.runtime(.reader).acceptedReleases().isEmpty)
        // A killed owner leaves no lock behind.
        other.kill()
        try handle.close()
        _ = try setup.runtime()
    }

    @Test("the store is free again when its owner is gone")
    func released() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let bundle = try setup.bundle
        func syncOnce() async throws -> SyncResult.Outcome {
            try await setup.runtime().sync(bundle, on: .latest).outcome
        }
        #expect(try await syncOnce() == .accepted)
        #expect(try await syncOnce() == .unchanged)
    }

    @Test("a reader works beside an owner and sees what it did, and writes nothing")
    func reader() async throws {
        let accepted = try await AcceptedSetup()
        let request = CreateWorkerRequest(
            id: try WorkerID("one"), selector: .bundleDefault, pin: accepted.second, input: "x")
        let created = try await accepted.runtime.createWorker(request)
        let reader = try accepted.setup.runtime(.reader)
        #expect(try await reader.acceptedReleases().map(\.pin) == [accepted.second])
        #expect(try await reader.pin(accepted.bundle, on: .latest) == accepted.second)
        #expect(try await reader.workers() == [created.worker])
        #expect(try await reader.worker(WorkerID("one")) == created.worker)
        #expect(try await reader.availability(accepted.first) == .available)
        #expect(try await reader.verify(accepted.second).commit == accepted.second.commit)
        #expect(
            try await reader.contents(of: accepted.second).documents.manifest.bundle
                == accepted.bundle)
        await failing(.invalidRequest) { try await reader.createWorker(request) }
        await failing(.invalidRequest) { try await reader.stopWorker(WorkerID("one")) }
        // What the owner does afterwards is seen too.
        try await accepted.runtime.stopWorker(WorkerID("one"))
        #expect(try await reader.worker(WorkerID("one")).state == .stopped)
        let commit = try await accepted.next.put(in: accepted.git)
        try await accepted.runtime.sync(accepted.bundle, on: .latest)
        #expect(try await reader.pin(accepted.bundle, on: .latest).commit.hex == commit)
    }

    @Test("a reader works after the owner has ended")
    func readerAlone() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let bundle = try setup.bundle
        do { try await setup.runtime().sync(bundle, on: .latest) }
        let reader = try setup.runtime(.reader)
        #expect(try await reader.acceptedReleases().count == 1)
        // And an owner may come while the reader is there.
        let owner = try setup.runtime()
        #expect(try await owner.sync(bundle, on: .latest).outcome == .unchanged)
    }

    @Test("a reader of a store that is not there lists nothing and makes nothing")
    func readerOfNothing() async throws {
        let setup = try await RuntimeSetup()
        let reader = try setup.runtime(.reader)
        #expect(try await reader.acceptedReleases().isEmpty)
        #expect(try await reader.workers().isEmpty)
        let bundle = try setup.bundle
        await failing(.bundleMissing) { try await reader.pin(bundle, on: .latest) }
        await failing(.notFound) { try await reader.worker(WorkerID("one")) }
        #expect(!FileManager.default.fileExists(atPath: setup.store))
    }

    @Test("a reader of a database that was only just made lists nothing")
    func readerOfNew() async throws {
        let setup = try await RuntimeSetup()
        try setup.directory.write("", to: "store/runtime.sqlite")
        let reader = try setup.runtime(.reader)
        #expect(try await reader.acceptedReleases().isEmpty)
        #expect(try await reader.workers().isEmpty)
    }

    @Test("a reader that came before the owner sees what the owner does afterwards")
    func readerBeforeOwner() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let bundle = try setup.bundle
        let reader = try setup.runtime(.reader)
        #expect(try await reader.workers().isEmpty)
        let owner = try setup.runtime()
        #expect(try await reader.workers().isEmpty)
        let pin = try await owner.sync(bundle, on: .latest).pin
        let request = CreateWorkerRequest(
            id: try WorkerID("one"), selector: .bundleDefault, pin: pin, input: "x")
        let created = try await owner.createWorker(request)
        #expect(try await reader.workers() == [created.worker])
        #expect(try await reader.acceptedReleases().first?.contactedAt != nil)
    }

    @Test("a database that is garbage is store_corrupt", arguments: [StoreAccess.owner, .reader])
    func garbage(_ access: StoreAccess) async throws {
        let setup = try await RuntimeSetup()
        try setup.directory.write(
            String(repeating: "not a database\n", count: 600), to: "store/runtime.sqlite")
        await failing(.storeCorrupt) {
            try await setup.runtime(access).acceptedReleases()
        }
    }

    @Test("a mirror that is garbage is store_corrupt, and the others go on")
    func garbageMirror() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        try await setup.publish(.plain.named("other-agents"))
        let other = try BundleID("other-agents")
        let bundle = try setup.bundle
        do {
            let runtime = try setup.runtime()
            try await runtime.sync(bundle, on: .latest)
            try await runtime.sync(other, on: .latest)
        }
        try Data("garbage".utf8).write(to: setup.mirror().appending(path: "HEAD"))
        try FileManager.default.removeItem(at: setup.mirror().appending(path: "objects"))
        let runtime = try setup.runtime()
        await failing(.storeCorrupt) { try await runtime.acceptedReleases() }
        await failing(.storeCorrupt) { try await runtime.pin(bundle, on: .latest) }
        await failing(.storeCorrupt) { try await runtime.sync(bundle, on: .latest) }
        let pin = try await runtime.pin(other, on: .latest)
        #expect(pin.bundle == other)
        #expect(try await runtime.sync(other, on: .latest).outcome == .unchanged)
    }

    @Test("a damaged accepted ref is store_corrupt, never a channel without releases")
    func damagedReference() async throws {
        let accepted = try await AcceptedSetup()
        try Data("zzzz\n".utf8).write(
            to: accepted.setup.mirror().appending(path: "refs/channels/latest"))
        await failing(.storeCorrupt) {
            try await accepted.runtime.pin(accepted.bundle, on: .latest)
        }
        await failing(.storeCorrupt) {
            try await accepted.runtime.sync(accepted.bundle, on: .latest)
        }
    }

    @Test("a mirror that lost the release in service is store_corrupt, and keeps its pins")
    func lostObjects() async throws {
        let accepted = try await AcceptedSetup { setup in
            let packs = setup.mirror().appending(path: "objects/pack")
            try FileManager.default.removeItem(at: packs)
        }
        let runtime = accepted.runtime
        await failing(.storeCorrupt) { try await runtime.pin(accepted.bundle, on: .latest) }
        await failing(.storeCorrupt) { try await runtime.acceptedReleases() }
        await failing(.storeCorrupt) { try await runtime.sync(accepted.bundle, on: .latest) }
        await failing(.bundleMissing) { try await runtime.contents(of: accepted.second) }
    }

    @Test("contents that the disk has changed are store_corrupt or found by their digest")
    func damagedObject() async throws {
        let setup = try await RuntimeSetup()
        try await setup.publish()
        let bundle = try setup.bundle
        let pin: ConfigBundleRef
        do { pin = try await setup.runtime().sync(bundle, on: .latest).pin }
        let packs = setup.mirror().appending(path: "objects/pack")
        let pack = try #require(
            try FileManager.default.contentsOfDirectory(at: packs, includingPropertiesForKeys: nil)
                .first { $0.pathExtension == "pack" })
        var bytes = try Data(contentsOf: pack)
        for place in stride(from: 40, to: bytes.count - 20, by: 23) { bytes[place] ^= 0xFF }
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: pack.path(percentEncoded: false))
        try bytes.write(to: pack)
        let runtime = try setup.runtime()
        await failing(.storeCorrupt) { try await runtime.verify(pin) }
        await failing(.storeCorrupt) { try await runtime.contents(of: pin) }
    }

    // MARK: What is remembered

    @Test("a lost database does not make the runtime forget how far a channel had come")
    func lostDatabase() async throws {
        let accepted = try await AcceptedSetup { setup in
            for name in try FileManager.default.contentsOfDirectory(atPath: setup.store)
            where name.hasPrefix("runtime.sqlite") {
                try FileManager.default.removeItem(atPath: "\(setup.store)/\(name)")
            }
        }
        let runtime = accepted.runtime
        try await accepted.git.check(
            "update-ref", "refs/heads/channels/support-agents/latest", accepted.first.commit.hex)
        await failing(.releaseReplayed) {
            try await runtime.sync(accepted.bundle, on: .latest)
        }
        try await accepted.git.check(
            "update-ref", "refs/heads/channels/support-agents/latest", accepted.second.commit.hex)
        #expect(try await runtime.sync(accepted.bundle, on: .latest).outcome == .unchanged)
        #expect(try await runtime.pin(accepted.bundle, on: .latest) == accepted.second)
    }

    @Test("a lost mirror does not either: the database remembers number and commit")
    func lostMirror() async throws {
        let accepted = try await AcceptedSetup { setup in
            try FileManager.default.removeItem(at: setup.mirror())
        }
        let runtime = accepted.runtime
        let branch = "refs/heads/channels/support-agents/latest"
        try await accepted.git.check("update-ref", branch, accepted.first.commit.hex)
        await failing(.releaseReplayed) { try await runtime.sync(accepted.bundle, on: .latest) }
        var forged = accepted.next
        forged.sequence = 2
        forged.parents = [accepted.first.commit.hex]
        try await forged.put(in: accepted.git)
        await failing(.releaseConflict) { try await runtime.sync(accepted.bundle, on: .latest) }
        forged.sequence = 3
        forged.parents = [try await forged.commitBefore(in: accepted.git)]
        try await forged.put(in: accepted.git)
        await failing(.historyRewritten) { try await runtime.sync(accepted.bundle, on: .latest) }
        try await accepted.next.put(in: accepted.git)
        #expect(try await runtime.sync(accepted.bundle, on: .latest).outcome == .accepted)
    }

    @Test("a release that came into service in a process killed right then is no conflict later")
    func killedBeforeTheRow() async throws {
        let accepted = try await AcceptedSetup()
        let commit = try await accepted.next.put(in: accepted.git)
        try await accepted.runtime.sync(accepted.bundle, on: .latest)
        let database = try DatabaseQueue(path: "\(accepted.setup.store)/runtime.sqlite")
        try await database.write { database in
            try database.execute(
                sql: "UPDATE channel SET highestSequence = 2, acceptedCommit = ?",
                arguments: [accepted.second.commit.hex])
        }
        // The older release, which the row alone would take for the accepted one.
        try await accepted.git.check(
            "update-ref", "refs/heads/channels/support-agents/latest", accepted.second.commit.hex)
        await failing(.releaseReplayed) {
            try await accepted.runtime.sync(accepted.bundle, on: .latest)
        }
        try await accepted.git.check(
            "update-ref", "refs/heads/channels/support-agents/latest", commit)
        #expect(
            try await accepted.runtime.sync(accepted.bundle, on: .latest).outcome == .unchanged)
        let highest = try await database.read { database in
            try Int.fetchOne(database, sql: "SELECT highestSequence FROM channel")
        }
        #expect(highest == 3)
    }
}

extension ForgedRelease {
    /// The same release with the number before.
    fileprivate func commitBefore(in git: GitOracle) async throws -> String {
        var before = self
        before.sequence -= 1
        return try await before.commit(in: git)
    }
}
