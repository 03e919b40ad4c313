import BundleModel
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Publishing on top of what plain Git wrote")
struct ForgedParentTests {
    @Test("a revision that only claims the same contents is not taken for them")
    func claimedDigest() async throws {
        let workshop = try await Workshop()
        let honest = try await workshop.publish(channel: nil)
        // Other contents under the digest of those in the directory.
        let blob = try await workshop.forge.object("blob", Array("schema: none\n".utf8))
        let tree = try await workshop.forge.tree([("100644", "bundle.yaml", blob)])
        let forged = try await workshop.forge.commit(
            like: honest.revision.commit.hex,
            Forge.Change(
                tree: tree, parents: [honest.revision.commit.hex],
                trailers: ["Bundle-Revision": "2"]))
        try await workshop.forge.setReference(Workshop.revisions, forged)

        let result = try await workshop.publish()
        #expect(result.isNew)
        #expect(result.revision.number == 3)
        #expect(result.release?.provenance.revision.revision == 3)
        let newest = BundleReference(bundle: try Workshop.bundle, selector: .newest)
        #expect(try await workshop.repository.verify(newest).digest == honest.revision.digest)
    }

    @Test("a revision whose contents are not what it claims is not released")
    func releaseOfForged() async throws {
        let workshop = try await Workshop()
        let honest = try await workshop.publish(channel: nil)
        let forged = try await workshop.forge.commit(
            like: honest.revision.commit.hex,
            Forge.Change(
                parents: [honest.revision.commit.hex],
                trailers: [
                    "Bundle-Revision": "2",
                    "Bundle-Digest": "sha256:" + String(repeating: "0", count: 64),
                ]))
        try await workshop.forge.setReference(Workshop.revisions, forged)
        let newest = BundleReference(bundle: try Workshop.bundle, selector: .newest)
        let error = await #expect(throws: SheafError.self) {
            try await workshop.repository.release(newest, to: ChannelID("stable"), reason: "try")
        }
        #expect(error?.code == .digestMismatch)
        #expect(try await workshop.git.lines("for-each-ref", "refs/heads/channels") == [])
    }
}
