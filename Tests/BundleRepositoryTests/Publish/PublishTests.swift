import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Publishing a directory")
struct PublishTests {
    @Test("the first publish makes revision 1 and release 1, and a clone checks the bundle out")
    func first() async throws {
        let workshop = try await Workshop()
        let result = try await workshop.publish(message: "First\n\nFor the desk.")
        #expect(result.isNew)
        #expect(result.revision.number == 1)
        #expect(result.revision.parent == nil)
        #expect(result.release?.sequence == 1)
        #expect(result.release?.channel == .latest)
        #expect(result.leftOut == [])
        #expect(result.notes == [])
        #expect(try await workshop.fsck() == "")

        let git = workshop.git
        #expect(
            try await git.lines("for-each-ref", "--format=%(refname) %(objectname)") == [
                "refs/heads/bundles/support-agents \(result.revision.commit)",
                "refs/heads/channels/support-agents/latest \(try #require(result.release).commit)",
            ])
        #expect(try await git.text("symbolic-ref", "HEAD") == "refs/heads/bundles/support-agents")
        let clone = workshop.directory.appending("clone")
        try await git.check("clone", "--quiet", ".", clone.path(percentEncoded: false))
        let files = try Fixtures.files(below: clone)
        #expect(
            Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.bytes) })
                == SampleBundle().files)
    }

    @Test("git shows the message, the trailers and the publisher as they were given")
    func commit() async throws {
        let workshop = try await Workshop()
        let result = try await workshop.publish(
            message: "First\n\nFor the desk.\n\nSigned-off-by: Ada <ada@example.com>")
        let git = workshop.git
        let format = try await git.text(
            "log", "-1", "--format=%an|%ae|%ad|%cn|%ce|%cd|%s|%P", "--date=raw")
        let date = Workshop.date
        #expect(
            format == "Carl Committer|carl@example.com|\(date)|"
                + "Carl Committer|carl@example.com|\(date)|First|")
        #expect(result.revision.author == Person(name: "Carl Committer", email: "carl@example.com"))
        #expect(result.revision.createdAt == CommitTime(seconds: 1_700_000_000, offsetMinutes: 570))
        #expect(result.revision.message.body == "For the desk.")
        let raw = try await git.check("cat-file", "commit", "HEAD").standardOutput
        let parsed = try await git.check(
            "interpret-trailers", "--parse", "--no-divider", input: raw)
        #expect(
            parsed.lines == [
                "Signed-off-by: Ada <ada@example.com>", "Bundle-Workspace: acme",
                "Bundle-Id: support-agents", "Bundle-Revision: 1",
                "Bundle-Digest: \(result.revision.digest)", "Bundle-Source: directory:agents",
                "Bundle-Publisher: \(SheafVersion.publisher)",
            ])
    }

    @Test("a second publish follows the first and adds only what changed")
    func second() async throws {
        let workshop = try await Workshop()
        let first = try await workshop.publish()
        let before = try await workshop.state().last
        let second = try await workshop.publish(SampleBundle().prompt("Other.\n"))
        #expect(second.isNew)
        #expect(second.revision.number == 2)
        #expect(second.revision.parent == first.revision.commit)
        #expect(second.revision.digest != first.revision.digest)
        #expect(second.release?.sequence == 2)
        #expect(second.release?.parent == first.release?.commit)
        #expect(try await workshop.fsck() == "")
        let objects = try await workshop.state().last
        // A blob, three trees, two commits.
        #expect(before == "12 objects" && objects == "18 objects")
        let log = try await workshop.git.lines(
            "log", "--first-parent", "--format=%H %s", "refs/heads/bundles/support-agents")
        #expect(
            log == [
                "\(second.revision.commit) Publish revision 2 of support-agents",
                "\(first.revision.commit) Publish revision 1 of support-agents",
            ])
    }

    @Test("unchanged contents make no revision and say which one has them")
    func unchanged() async throws {
        let workshop = try await Workshop()
        let first = try await workshop.publish()
        let state = try await workshop.state()
        let again = try await workshop.publish(message: "Again")
        #expect(!again.isNew)
        #expect(again.revision == first.revision)
        #expect(again.release == nil)
        #expect(try await workshop.state() == state)
        try await workshop.publish(SampleBundle().prompt("Other.\n"))
        let back = try await workshop.publish()
        #expect(back.isNew && back.revision.number == 3)
        #expect(back.revision.digest == first.revision.digest)
        #expect(try await workshop.fsck() == "")
    }

    @Test("a publish without a channel releases nothing")
    func noRelease() async throws {
        let workshop = try await Workshop()
        let result = try await workshop.publish(channel: nil)
        #expect(result.release == nil)
        #expect(
            try await workshop.git.lines("for-each-ref", "--format=%(refname)")
                == ["refs/heads/bundles/support-agents"])
        let canary = try await workshop.publish(
            SampleBundle().prompt("Other.\n"), channel: "canary")
        #expect(canary.release?.channel.rawValue == "canary")
        #expect(canary.release?.sequence == 1)
        #expect(canary.release?.provenance.reason == "published as revision 2")
    }

    @Test("the expected head is compared, and where it is another nothing changes")
    func expectation() async throws {
        let workshop = try await Workshop()
        let nowhere = try #require(CommitID(String(repeating: "1", count: 40)))
        await expectRefusal(.conflict) {
            try await workshop.publish(expectation: .commit(nowhere))
        }
        #expect(try await workshop.state().last == "0 objects")
        let first = try await workshop.publish(expectation: .absent)
        let state = try await workshop.state()
        let changed = SampleBundle().prompt("Other.\n")
        let error = await expectRefusal(.conflict) {
            try await workshop.publish(changed, expectation: .absent)
        }
        #expect(error?.details["expected"] == "none")
        #expect(error?.details["actual"] == first.revision.commit.hex)
        await expectRefusal(.conflict) {
            try await workshop.publish(changed, expectation: .commit(nowhere))
        }
        await expectRefusal(.conflict) { try await workshop.publish(expectation: .absent) }
        #expect(try await workshop.state() == state)
        let second = try await workshop.publish(
            changed, expectation: .commit(first.revision.commit))
        #expect(second.revision.number == 2)
        #expect(try await workshop.fsck() == "")
    }

    @Test("another workspace than the repository's is refused")
    func workspace() async throws {
        let workshop = try await Workshop()
        let state = try await workshop.state()
        let error = await expectRefusal(.workspaceMismatch) {
            try await workshop.publish(SampleBundle(workspace: "other"))
        }
        #expect(error?.details == ["expected": "acme", "actual": "other"])
        #expect(try await workshop.state() == state)
    }

    @Test("without a recorded workspace the branches say which one it is")
    func workspaceOfBranches() async throws {
        let workshop = try await Workshop()
        try await workshop.git.check("config", "--unset", "sheaf.workspace")
        let repository = try workshop.another()
        #expect(try await repository.workspace() == nil)
        try await workshop.publish(SampleBundle(workspace: "other"))
        #expect(try await repository.workspace()?.rawValue == "other")
        await expectRefusal(.workspaceMismatch) {
            try await workshop.publish(SampleBundle(bundle: "second"))
        }
    }

    @Test("a bundle that is not valid is refused and leaves nothing behind")
    func invalid() async throws {
        let workshop = try await Workshop()
        let state = try await workshop.state()
        await expectRefusal(.malformedBundle) {
            try await workshop.publish(SampleBundle().with("bundle.yaml", nil))
        }
        await expectRefusal(.malformedBundle) {
            try await workshop.publish(SampleBundle().with("prompts/coder/system.md", nil))
        }
        await expectRefusal(.unsupportedDeclaration) {
            try await workshop.publish(SampleBundle().with("scripts/x.sh", "true\n"))
        }
        #expect(try await workshop.state() == state)
    }

    @Test(
        "a message that Git would read otherwise is refused", arguments: ["", "x\n\nBundle-Id: y"])
    func message(text: String) async throws {
        let workshop = try await Workshop()
        let state = try await workshop.state()
        await expectRefusal(.invalidRequest) { try await workshop.publish(message: text) }
        #expect(try await workshop.state() == state)
    }

    @Test("bundles share a repository and have branches of their own")
    func bundles() async throws {
        let workshop = try await Workshop()
        try await workshop.publish()
        let other = try await workshop.publish(SampleBundle(bundle: "billing"))
        #expect(other.revision.number == 1)
        #expect(
            try await workshop.repository.bundles().map(\.rawValue)
                == ["billing", "support-agents"])
        #expect(
            try await workshop.git.text("symbolic-ref", "HEAD")
                == "refs/heads/bundles/support-agents")
        #expect(try await workshop.fsck() == "")
    }
}
