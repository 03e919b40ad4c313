import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("Whether a pin can be used")
struct AvailabilityTests {
    @Test("a release that lacks a file in the object database is missing, the one before is not")
    func lostFile() async throws {
        let accepted = try await AcceptedSetup { setup in
            let git = setup.mirrorGit()
            let packs = setup.mirror().appending(path: "objects/pack")
            let files = try FileManager.default.contentsOfDirectory(
                at: packs, includingPropertiesForKeys: nil)
            let contents = try files.filter { $0.pathExtension == "pack" }
                .map { try Data(contentsOf: $0) }
            for file in files { try FileManager.default.removeItem(at: file) }
            for pack in contents {
                try await git.check("unpack-objects", "-q", input: Array(pack))
            }
            let blob = try await git.text("rev-parse", "refs/channels/latest:prompts/system.md")
            let name = "objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
            try FileManager.default.removeItem(at: setup.mirror().appending(path: name))
        }
        guard case .missing(let reason) = try await accepted.runtime.availability(accepted.second)
        else {
            Issue.record("a release without one of its files is available")
            return
        }
        #expect(reason == "objects of release \(accepted.second.commit.short) cannot be read")
        #expect(try await accepted.runtime.availability(accepted.first) == .available)
    }

    @Test("what was never verified is looked at, and its trailers are not taken at their word")
    func unverified() async throws {
        let other = "sha256:" + String(repeating: "0", count: 64)
        var pin: ConfigBundleRef?
        let accepted = try await AcceptedSetup { setup in
            let git = setup.mirrorGit()
            let head = try await git.commit("refs/channels/latest")
            let commit = try await ForgedRelease(
                revision: 3, sequence: 3, digest: other, parents: [head]
            ).commit(in: git)
            try await git.check("update-ref", "refs/channels/latest", commit)
            pin = ConfigBundleRef(
                workspace: setup.workspace, bundle: try setup.bundle,
                commit: try #require(CommitID(commit)),
                digest: try #require(BundleDigest(other)))
        }
        let third = try #require(pin)
        guard case .digestMismatch = try await accepted.runtime.availability(third) else {
            Issue.record("contents with another digest are available")
            return
        }
        #expect(try await accepted.runtime.availability(accepted.second) == .available)
    }
}
