import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Releases on channels")
struct ReleaseTests {
    private static let releaser: [String: String?] = [
        "GIT_COMMITTER_NAME": "Rita Releaser", "GIT_COMMITTER_EMAIL": "rita@example.com",
        "GIT_COMMITTER_DATE": "1800000000 -0500",
    ]

    /// A workshop with three revisions and no release.
    private func workshop() async throws -> (Workshop, [Revision]) {
        let workshop = try await Workshop()
        var revisions: [Revision] = []
        for number in 1...3 {
            let bundle = SampleBundle().prompt("Number \(number).\n")
            revisions.append(try await workshop.publish(bundle, channel: nil).revision)
        }
        return (workshop, revisions)
    }

    private func release(
        _ workshop: Workshop, _ reference: String, _ channel: String = "stable",
        _ reason: String = "because", _ expectation: PublishRequest.Expectation = .any
    ) async throws -> Release {
        try await workshop.another(environment: Self.releaser).release(
            try workshop.reference(reference), to: try ChannelID(channel), reason: reason,
            identityFrom: workshop.directory.path, expectation: expectation)
    }

    private func rollback(
        _ workshop: Workshop, to reference: String, _ channel: String = "stable",
        _ reason: String = "back", _ expectation: PublishRequest.Expectation = .any
    ) async throws -> Release {
        try await workshop.another(environment: Self.releaser).rollback(
            try Workshop.bundle, try ChannelID(channel), to: try workshop.reference(reference),
            reason: reason, identityFrom: workshop.directory.path, expectation: expectation)
    }

    @Test("a release has the revision's tree and trailers, its publisher as author, and a chain")
    func chain() async throws {
        let (workshop, revisions) = try await workshop()
        let first = try await release(workshop, "support-agents@1")
        let second = try await release(workshop, "support-agents@3", "stable", "理由: faster")
        #expect(first.sequence == 1 && first.parent == nil)
        #expect(second.sequence == 2 && second.parent == first.commit)
        #expect(second.publisher == revisions[2].publisher)
        #expect(second.createdAt == revisions[2].createdAt)
        #expect(second.releaser == Person(name: "Rita Releaser", email: "rita@example.com"))
        #expect(second.releasedAt == CommitTime(seconds: 1_800_000_000, offsetMinutes: -300))
        #expect(second.provenance.revision == revisions[2].provenance)
        #expect(second.pin.digest == revisions[2].digest && second.pin.commit == second.commit)

        let git = workshop.git
        let name = "refs/heads/channels/support-agents/stable"
        let log = try await git.lines(
            "log", "--first-parent", "--date=raw", "--format=%H|%T|%an|%ad|%cn|%cd|%s", name)
        let tree = try await git.text("rev-parse", "\(revisions[2].commit)^{tree}")
        let older = try await git.text("rev-parse", "\(revisions[0].commit)^{tree}")
        let ends =
            "|Carl Committer|\(Workshop.date)|Rita Releaser|1800000000 -0500|Release revision"
        #expect(
            log == [
                "\(second.commit)|\(tree)\(ends) 3 of support-agents to stable",
                "\(first.commit)|\(older)\(ends) 1 of support-agents to stable",
            ])
        let raw = try await git.check("cat-file", "commit", name).standardOutput
        let parsed = try await git.check(
            "interpret-trailers", "--parse", "--no-divider", input: raw)
        #expect(
            parsed.lines == revisions[2].provenance.trailers.map(\.description) + [
                "Release-Channel: stable", "Release-Sequence: 2",
                "Release-Revision-Commit: \(revisions[2].commit)", "Release-Reason: 理由: faster",
            ])
        #expect(try await workshop.fsck() == "")
        let read = try await workshop.repository.releases(
            of: try Workshop.bundle, on: try ChannelID("stable"))
        #expect(read == [second, first])
        #expect(
            try await workshop.repository.releases(
                of: try Workshop.bundle, on: try ChannelID("stable"), limit: 1) == [second])
    }

    @Test("a release is made from any form of a reference")
    func references() async throws {
        let (workshop, revisions) = try await workshop()
        let stable = try await release(workshop, "support-agents@1")
        let forms = [
            ("a", "support-agents", 3), ("b", "support-agents@2", 2),
            ("c", "support-agents@stable", 1), ("d", "support-agents@\(revisions[1].commit)", 2),
            ("e", "support-agents@\(stable.commit)", 1),
            ("f", "support-agents@\(revisions[1].digest)", 2),
        ]
        for (channel, form, number) in forms {
            let release = try await release(workshop, form, channel)
            #expect(release.provenance.revision.revision == number)
            #expect(release.provenance.revisionCommit == revisions[number - 1].commit)
            #expect(release.sequence == 1)
        }
        let channels = try await workshop.repository.channels(of: try Workshop.bundle)
        #expect(channels.map(\.channel.rawValue) == ["a", "b", "c", "d", "e", "f", "stable"])
        #expect(try await workshop.fsck() == "")
    }

    @Test("what is not there cannot be released")
    func missing() async throws {
        let (workshop, _) = try await workshop()
        let state = try await workshop.state()
        let nowhere = String(repeating: "1", count: 40)
        for reference in [
            "support-agents@4", "other", "support-agents@canary", "support-agents@\(nowhere)",
            "support-agents@sha256:" + String(repeating: "0", count: 64),
        ] {
            await expectRefusal(.notFound) { try await release(workshop, reference) }
        }
        await expectRefusal(.notFound) { try await rollback(workshop, to: "support-agents@1") }
        #expect(try await workshop.state() == state)
    }

    @Test(
        "a reason that is not one line is refused",
        arguments: ["", "  ", "two\nlines", String(repeating: "x", count: 501), "\u{1B}[31m"])
    func reasons(reason: String) async throws {
        let (workshop, _) = try await workshop()
        _ = try await release(workshop, "support-agents@1")
        _ = try await release(workshop, "support-agents@2")
        let state = try await workshop.state()
        await expectRefusal(.invalidRequest) {
            try await release(workshop, "support-agents@3", "stable", reason)
        }
        await expectRefusal(.invalidRequest) {
            try await rollback(workshop, to: "support-agents@1", "stable", reason)
        }
        #expect(try await workshop.state() == state)
    }

    @Test("the revision that a channel has already is not released again")
    func again() async throws {
        let (workshop, _) = try await workshop()
        _ = try await release(workshop, "support-agents@2")
        let state = try await workshop.state()
        await expectRefusal(.conflict) { try await release(workshop, "support-agents@2") }
        #expect(try await workshop.state() == state)
    }

    @Test("the expected head of a channel is compared")
    func expectation() async throws {
        let (workshop, revisions) = try await workshop()
        let first = try await release(workshop, "support-agents@1", "stable", "x", .absent)
        let state = try await workshop.state()
        await expectRefusal(.conflict) {
            try await release(workshop, "support-agents@2", "stable", "x", .absent)
        }
        await expectRefusal(.conflict) {
            try await release(
                workshop, "support-agents@2", "stable", "x", .commit(revisions[0].commit))
        }
        await expectRefusal(.conflict) {
            try await release(workshop, "support-agents@2", "other", "x", .commit(first.commit))
        }
        #expect(try await workshop.state() == state)
        let second = try await release(
            workshop, "support-agents@2", "stable", "x", .commit(first.commit))
        #expect(second.sequence == 2)
        await expectRefusal(.conflict) {
            try await rollback(
                workshop, to: "support-agents@1", "stable", "x", .commit(first.commit))
        }
    }

    @Test("a rollback is a new release of an older revision that was on the channel")
    func rollback() async throws {
        let (workshop, revisions) = try await workshop()
        _ = try await release(workshop, "support-agents@1")
        let second = try await release(workshop, "support-agents@3")
        for newer in ["support-agents", "support-agents@3", "support-agents@stable"] {
            await expectRefusal(.invalidRequest) { try await rollback(workshop, to: newer) }
        }
        await expectRefusal(.notFound) { try await rollback(workshop, to: "support-agents@2") }
        let back = try await rollback(workshop, to: "support-agents@1")
        #expect(back.sequence == 3 && back.parent == second.commit)
        #expect(back.provenance.revisionCommit == revisions[0].commit)
        #expect(back.provenance.reason == "back")
        _ = try await workshop.repository.verify(try workshop.reference("support-agents@stable"))
        #expect(try await workshop.fsck() == "")
    }

    @Test("a rollback to a revision of another bundle is an invalid request")
    func otherBundle() async throws {
        let (workshop, _) = try await workshop()
        try await workshop.publish(SampleBundle(bundle: "billing"))
        _ = try await release(workshop, "support-agents@3")
        await expectRefusal(.invalidRequest) { try await rollback(workshop, to: "billing@1") }
    }

    @Test("an older revision can be released to a channel that has a newer one")
    func older() async throws {
        let (workshop, _) = try await workshop()
        _ = try await release(workshop, "support-agents@3")
        let older = try await release(workshop, "support-agents@2")
        #expect(older.sequence == 2)
    }

    @Test("publishing never puts an older revision over a newer one of its channel")
    func neverOlder() async throws {
        let (workshop, revisions) = try await workshop()
        _ = try await release(workshop, "support-agents@3", "latest")
        // The same revision is on the channel: nothing to make up for.
        let bundle = SampleBundle().prompt("Number 3.\n")
        #expect(try await workshop.publish(bundle).release == nil)
        #expect(revisions[2].number == 3)
    }

    @Test("what is not released has no channels, and what is not there has no bundle")
    func empty() async throws {
        let (workshop, _) = try await workshop()
        #expect(try await workshop.repository.channels(of: try Workshop.bundle) == [])
        await expectRefusal(.notFound) {
            try await workshop.repository.channels(of: try BundleID("other"))
        }
        await expectRefusal(.notFound) {
            try await workshop.repository.releases(of: try Workshop.bundle, on: .latest)
        }
    }

    @Test("a release needs an identity")
    func identity() async throws {
        let (workshop, _) = try await workshop()
        let state = try await workshop.state()
        let nobody = try workshop.another(environment: [
            "GIT_COMMITTER_NAME": nil, "GIT_COMMITTER_EMAIL": nil,
        ])
        await expectRefusal(.invalidRequest) {
            try await nobody.release(
                try workshop.reference("support-agents@1"), to: .latest, reason: "x",
                identityFrom: workshop.directory.path)
        }
        #expect(try await workshop.state() == state)
    }
}
