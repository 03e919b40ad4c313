import Foundation
import LibGit2
import Synchronization
import TestSupport
import Testing

/// Faults at every byte of what a server answers to a first fetch: the list and the pack.
@Suite(.serialized) struct SweepTests {
    /// A fetch as nginx with `git http-backend` answered it.
    private struct Recording: Sendable {
        let bytes: [UInt8]
        let commit: String

        init() async throws {
            let pair = try await RemotePair(files: 3)
            let server = try await GitWebServer(root: URL(filePath: pair.folder.path))
            let proxy = try MeddlingProxy(to: server.port)
            _ = try await pair.fetch(.http(port: proxy.port, "/sender/.git")).get()
            bytes = proxy.passed
            commit = pair.commit
        }
    }

    /// One thread's receiver and proxy.
    private final class Lane: Sendable {
        let folder: TemporaryDirectory
        let proxy: MeddlingProxy
        let commit: String

        init(_ server: RecordedServer, _ commit: String) throws {
            folder = try TemporaryDirectory(isInMemory: true)
            proxy = try MeddlingProxy(to: server.port)
            self.commit = commit
        }

        /// Fetches into a new repository with one fault on the way.
        func fetch(_ fault: MeddlingProxy.Fault?) async throws -> Outcome {
            let path = folder.path + "/receiver.git"
            let receiver = try RepositoryOwner(creatingAt: path)
            defer { try? FileManager.default.removeItem(atPath: path) }
            proxy.arm(fault)
            // A sound fetch has time, however busy the machine is.
            let idle: Duration = fault == nil ? .seconds(10) : .milliseconds(60)
            let request = FetchRequest(
                peer: .http(port: proxy.port, "/sender/.git"),
                refspecs: ["+refs/heads/main:refs/incoming/main"],
                access: PeerAccess(connect: .seconds(10), idle: idle),
                deadline: .seconds(20), maximumBytes: 1 << 20)
            let result = await receiver.fetch(request)
            let packs = try FileManager.default.contentsOfDirectory(
                atPath: path + "/objects/pack")
            let tip = try await receiver.with { try $0.reference("refs/incoming/main")?.hex }
            return Outcome(
                result: result, duration: await receiver.lastDuration, packs: packs, tip: tip)
        }
    }

    private final class Queue: Sendable {
        private let faults: Mutex<ArraySlice<MeddlingProxy.Fault>>

        init(_ faults: [MeddlingProxy.Fault]) { self.faults = Mutex(faults[...]) }

        func next() -> MeddlingProxy.Fault? { faults.withLock { $0.popFirst() } }
    }

    private struct Outcome: Sendable {
        let result: Result<FetchOutcome, TransportError>
        let duration: Duration
        let packs: [String]
        let tip: String?
    }

    private static let kinds: [@Sendable (Int) -> MeddlingProxy.Fault] = [
        { .cut(at: $0) }, { .stall(at: $0) }, { .corrupt(at: $0) }, { .flood(at: $0) },
    ]

    @Test("a fetch never hangs, takes nothing that is damaged, and leaves nothing behind")
    func sweep() async throws {
        let recording = try await Recording()
        #expect((600...4000).contains(recording.bytes.count))
        let server = try RecordedServer(recording.bytes)
        let lanes = try (0..<16).map { _ in try Lane(server, recording.commit) }
        for lane in lanes {
            let outcome = try await lane.fetch(nil)
            #expect(try outcome.result.get().receivedObjects == 9 && outcome.tip == lane.commit)
        }
        let before = try Self.descriptors()
        let faults = Self.kinds.flatMap { kind in recording.bytes.indices.map(kind) }
        let queue = Queue(faults)
        try await withThrowingTaskGroup { group in
            for lane in lanes {
                group.addTask {
                    while let fault = queue.next() {
                        Self.judge(try await lane.fetch(fault), fault, lane)
                    }
                }
            }
            try await group.waitForAll()
        }
        // Connections that are kept, and those of other tests: not one for each of thousands.
        for lane in lanes { lane.proxy.arm(nil) }
        #expect(try Self.descriptors() - before < 100)
    }

    private static func judge(_ outcome: Outcome, _ fault: MeddlingProxy.Fault, _ lane: Lane) {
        #expect(outcome.duration < .seconds(10), "\(fault)")
        switch outcome.result {
        case .success:
            // What was changed or lacks is nothing that is needed, such as the date, or the end of
            // an answer whose contents are whole.
            #expect(outcome.tip == lane.commit && outcome.packs.count == 2, "\(fault)")
        case .failure(let error):
            #expect(outcome.packs.isEmpty && outcome.tip == nil, "\(fault) \(outcome.packs)")
            #expect(Self.isTyped(error), "\(fault) \(error)")
        }
    }

    private static func isTyped(_ error: TransportError) -> Bool {
        switch error {
        case .unavailable(let text), .stalled(let text), .unauthorized(let text): !text.isEmpty
        case .busy, .limitExceeded, .reference: true
        case .untrusted, .deadlineExceeded, .cancelled, .git, .lacking: false
        }
    }

    private static func descriptors() throws -> Int {
        guard FileManager.default.fileExists(atPath: "/proc/self/fd") else { return 0 }
        return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }
}
