import BundleModel
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("A sync through a network that fails")
struct MeddledSyncTests {
    @Test("keeps the accepted release in service and leaves nothing, wherever it fails")
    func faults() async throws {
        let remote = try await RemoteSetup(isInMemory: true)
        let server = try await GitWebServer(root: remote.root)
        let proxy = try MeddlingProxy(to: server.port)
        try remote.policy("http://127.0.0.1:\(proxy.port)/acme.git")
        let runtime = try remote.setup.runtime()
        _ = try await remote.sync(runtime)
        // How long the answers to an increment are.
        try await remote.setup.publish(.plain.saying("The second."))
        proxy.arm(nil)
        var current = try await remote.sync(runtime).pin
        let count = proxy.passed.count
        var revision = 3
        try await remote.setup.publish(.plain.saying("Number \(revision)."))
        var before = try Self.packs(remote)
        for position in stride(from: 0, to: count, by: max(1, count / 90)) {
            for fault in Self.faults(at: position, of: count) {
                proxy.arm(fault)
                let started = ContinuousClock.now
                let result = await Self.result {
                    try await remote.sync(runtime, deadline: .seconds(1))
                }
                #expect(ContinuousClock.now - started < .seconds(5), "\(fault)")
                let release = try #require(try await runtime.acceptedReleases().first)
                switch result {
                case .success(let result):
                    // What was changed or lacks was not needed: the increment came.
                    #expect(result.outcome == .updated && release.pin == result.pin, "\(fault)")
                    current = result.pin
                    revision += 1
                    try await remote.setup.publish(.plain.saying("Number \(revision)."))
                    before = try Self.packs(remote)
                case .failure(let error):
                    #expect(Self.codes.contains(error.code), "\(fault) \(error)")
                    #expect(release.pin == current, "\(fault)")
                    #expect(release.failure == error.code, "\(fault)")
                    #expect(try await remote.setup.leftovers() == [], "\(fault)")
                    #expect(try Self.packs(remote) == before, "\(fault)")
                }
            }
        }
        proxy.arm(nil)
        #expect(try await remote.sync(runtime).outcome == .updated)
    }

    /// A stall costs its whole deadline, so there are fewer.
    private static func faults(at position: Int, of count: Int) -> [MeddlingProxy.Fault] {
        let stalls = position % max(1, count / 90 * 12) == 0 ? [Fault.stall(at: position)] : []
        return [.cut(at: position), .flood(at: position), .corrupt(at: position)] + stalls
    }

    private typealias Fault = MeddlingProxy.Fault

    private static let codes: Set<SheafError.Code> = [
        .remoteUnavailable, .remoteUnauthorized, .deadlineExceeded, .limitExceeded, .notFound,
    ]

    private static func packs(_ remote: RemoteSetup) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: remote.setup.mirror().appending(path: "objects/pack")
                .path(percentEncoded: false)
        ).sorted()
    }

    private static func result<Value: Sendable>(
        _ body: () async throws -> Value
    ) async -> Result<Value, SheafError> {
        do {
            return .success(try await body())
        } catch let error as SheafError {
            return .failure(error)
        } catch {
            return .failure(SheafError(.ioError, "\(error)"))
        }
    }
}
