import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing

@Suite("The limits of a transfer")
struct TransferLimitTests {
    @Test("a transfer over its bytes is limit_exceeded, and nothing of it stays")
    func bytes() async throws {
        let setup = try await RuntimeSetup()
        var bundle = SampleBundle.plain
        bundle.files["assets/noise.bin"] = (0..<300_000).map { _ in UInt8.random(in: 0...255) }
        let published = try await setup.publish(bundle)
        let mirror = try ReleaseMirror(
            at: setup.mirror().path(percentEncoded: false), workspace: setup.workspace,
            bundle: setup.bundle, creating: true)
        await failing(.limitExceeded) {
            try mirror.fetch(
                .latest, from: RemoteRepository(path: setup.repositoryPath),
                limits: .init(maximumBytes: 200_000),
                isCancelled: { false })
        }
        try mirror.removeLeftovers()
        #expect(try await setup.leftovers() == [])
        let transfer = try mirror.fetch(
            .latest, from: RemoteRepository(path: setup.repositoryPath),
            limits: .init(maximumBytes: 400_000),
            isCancelled: { false })
        #expect(transfer.commit == published.release?.commit)
        #expect(transfer.bytes > 300_000)
    }

    @Test("a mirror that is not there is bundle_missing, and is not made by looking")
    func missing() async throws {
        let setup = try await RuntimeSetup()
        let path = setup.mirror().path(percentEncoded: false)
        await failing(.bundleMissing) {
            try ReleaseMirror(
                at: path, workspace: setup.workspace, bundle: setup.bundle, creating: false)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
