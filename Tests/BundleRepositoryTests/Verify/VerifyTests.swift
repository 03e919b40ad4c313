import BundleModel
import Foundation
import LibGit2
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Verifying what a repository holds")
struct VerifyTests {
    /// Three revisions; the first and third are released.
    private func workshop() async throws -> (Workshop, [PublishResult]) {
        let workshop = try await Workshop()
        var results: [PublishResult] = []
        for (text, channel) in [("One.\n", "latest"), ("Two.\n", nil), ("Three.\n", "latest")] {
            results.append(
                try await workshop.publish(SampleBundle().prompt(text), channel: channel))
        }
        return (workshop, results)
    }

    private func verify(_ workshop: Workshop, _ text: String) async throws -> Verification {
        try await workshop.another().verify(try workshop.reference(text))
    }

    /// Replaces the newest revision or release by a forged one and verifies that.
    private func forge(
        _ reference: String, _ change: Forge.Change, _ workshop: Workshop
    ) async throws {
        let commit = try await workshop.forge.commit(like: reference, change)
        try await workshop.forge.setReference(reference, commit)
    }

    @Test("what was published verifies, with what was checked")
    func fine() async throws {
        let (workshop, results) = try await workshop()
        for text in ["support-agents", "support-agents@1", "support-agents@2"] {
            let verified = try await verify(workshop, text)
            #expect(verified.files == SampleBundle().files.count)
            #expect(
                verified.checks == [
                    "trailers", "workspace", "order of history", "tree entries", "documents",
                    "digest",
                ])
        }
        let release = try await verify(workshop, "support-agents@latest")
        #expect(release.checks.contains("released revision"))
        #expect(release.digest == results[2].revision.digest)
        let bytes = SampleBundle().prompt("Three.\n").files.values.reduce(0) { $0 + $1.count }
        #expect(release.bytes == bytes)
    }

    @Test(
        "a trailer that is not what it says is found",
        arguments: [
            ("Bundle-Digest", "sha256:" + String(repeating: "0", count: 64), .digestMismatch),
            ("Bundle-Digest", "sha256:1", .provenanceInvalid),
            ("Bundle-Digest", nil, .provenanceInvalid),
            ("Bundle-Publisher", nil, .provenanceInvalid),
            ("Bundle-Workspace", "other", .workspaceMismatch),
            ("Bundle-Id", "other", .workspaceMismatch),
            ("Bundle-Revision", "2", .historyRewritten),
            ("Bundle-Revision", "4", .historyRewritten),
            ("Bundle-Revision", "1", .historyRewritten),
            ("Bundle-Revision", "0", .provenanceInvalid),
        ] as [(String, String?, SheafError.Code)])
    func trailers(name: String, value: String?, code: SheafError.Code) async throws {
        let (workshop, _) = try await workshop()
        try await forge(Workshop.revisions, .init(trailers: [name: value]), workshop)
        await expectRefusal(code) { try await verify(workshop, "support-agents") }
    }

    @Test(
        "a release that is not what it says is found",
        arguments: [
            ("Bundle-Digest", "sha256:" + String(repeating: "0", count: 64), .provenanceInvalid),
            ("Bundle-Publisher", "sheaf/9.9", .provenanceInvalid),
            ("Bundle-Revision", "2", .provenanceInvalid),
            ("Bundle-Workspace", "other", .workspaceMismatch),
            ("Release-Channel", "stable", .workspaceMismatch),
            ("Release-Channel", nil, .provenanceInvalid),
            ("Release-Sequence", "3", .historyRewritten),
            ("Release-Sequence", "1", .historyRewritten),
            ("Release-Reason", nil, .provenanceInvalid),
            ("Release-Revision-Commit", String(repeating: "1", count: 40), .provenanceInvalid),
            ("Release-Colour", "red", .provenanceInvalid),
        ] as [(String, String?, SheafError.Code)])
    func releaseTrailers(name: String, value: String?, code: SheafError.Code) async throws {
        let (workshop, _) = try await workshop()
        if name == "Release-Colour" {
            let message = try await workshop.git.check("log", "-1", "--format=%B", Workshop.latest)
            let text = message.trimmed + "\n\(name): red\n"
            try await forge(Workshop.latest, .init(message: Array(text.utf8)), workshop)
        } else {
            try await forge(Workshop.latest, .init(trailers: [name: value]), workshop)
        }
        await expectRefusal(code) { try await verify(workshop, "support-agents@latest") }
    }

    @Test("the tree of another revision under a release is found")
    func tree() async throws {
        let (workshop, results) = try await workshop()
        let tree = try await workshop.git.text(
            "rev-parse", "\(results[1].revision.commit)^{tree}")
        try await forge(Workshop.latest, .init(tree: tree), workshop)
        await expectRefusal(.provenanceInvalid) {
            try await verify(workshop, "support-agents@latest")
        }
        try await forge(Workshop.revisions, .init(tree: tree), workshop)
        await expectRefusal(.digestMismatch) { try await verify(workshop, "support-agents") }
    }

    @Test("a release of a revision that is not on the bundle's branch is found")
    func strayRevision() async throws {
        let (workshop, results) = try await workshop()
        let stray = try await workshop.forge.commit(
            like: results[2].revision.commit.hex,
            .init(author: "Carl Committer <carl@example.com> 1600000000 +0000"))
        try await forge(
            Workshop.latest, .init(trailers: ["Release-Revision-Commit": stray]), workshop)
        await expectRefusal(.provenanceInvalid) {
            try await verify(workshop, "support-agents@latest")
        }
        // The release itself is no revision either.
        let release = try #require(results[0].release).commit.hex
        try await forge(
            Workshop.latest, .init(trailers: ["Release-Revision-Commit": release]), workshop)
        await expectRefusal(.provenanceInvalid) {
            try await verify(workshop, "support-agents@latest")
        }
    }

    @Test("a release with another publisher or time than its revision is found")
    func author() async throws {
        for author in [
            "Eve <eve@example.com> 1700000000 +0930",
            "Carl Committer <carl@example.com> 1700000001 +0930",
        ] {
            let (workshop, _) = try await workshop()
            try await forge(Workshop.latest, .init(author: author), workshop)
            await expectRefusal(.provenanceInvalid) {
                try await verify(workshop, "support-agents@latest")
            }
        }
    }

    @Test("a bundle.yaml of another bundle or workspace is found, though digest and trailers agree")
    func manifest() async throws {
        for other in [SampleBundle(workspace: "other"), SampleBundle(bundle: "other")] {
            let (workshop, _) = try await workshop()
            let git = try await GitOracle(repositoryAt: workshop.directory.appending("other"))
            let place = git.program.directory
            try other.write(to: place)
            try await git.check("add", "-A")
            let tree = try await git.text("write-tree")
            try await git.check("commit", "--quiet", "-m", "x")
            try await workshop.git.check(
                "fetch", "--quiet", place.path(percentEncoded: false), "main:refs/heads/other")
            let directory = try await BundleDirectory.read(
                place.path(percentEncoded: false), limits: .standard,
                git: Workshop.program([:], place), memory: nil)
            try await forge(
                Workshop.revisions,
                .init(
                    tree: tree,
                    trailers: ["Bundle-Digest": try #require(directory.digest).description]),
                workshop)
            await expectRefusal(.workspaceMismatch) { try await verify(workshop, "support-agents") }
        }
    }

    @Test("a branch of another workspace than the repository's is found, and nothing goes on top")
    func workspace() async throws {
        let (workshop, results) = try await workshop()
        try await forge(
            Workshop.revisions, .init(trailers: ["Bundle-Workspace": "other"]), workshop)
        await expectRefusal(.workspaceMismatch) { try await verify(workshop, "support-agents") }
        await expectRefusal(.workspaceMismatch) {
            try await workshop.repository.log(try Workshop.bundle)
        }
        let state = try await workshop.state()
        await expectRefusal(.workspaceMismatch) {
            try await workshop.publish(SampleBundle().prompt("Four.\n"))
        }
        #expect(try await workshop.state() == state)
        #expect(results.count == 3)
    }

    @Test("a merge, a lost parent and a changed past are found wherever they stand")
    func history() async throws {
        let (workshop, results) = try await workshop()
        let commits = results.map(\.revision.commit.hex)
        for parents in [[commits[1], commits[0]], [], [commits[0]]] {
            let forged = try await workshop.forge.commit(
                like: commits[2], .init(parents: parents))
            try await workshop.forge.setReference(Workshop.revisions, forged)
            await expectRefusal(.historyRewritten) { try await verify(workshop, "support-agents") }
            await expectRefusal(.historyRewritten) {
                try await workshop.repository.log(try Workshop.bundle)
            }
        }
        // A past that was changed two steps back, with everything after it in order.
        let second = try await workshop.forge.commit(
            like: commits[1], .init(parents: [], trailers: ["Bundle-Revision": "1"]))
        let third = try await workshop.forge.commit(
            like: commits[2], .init(parents: [second], trailers: ["Bundle-Revision": "2"]))
        let wrong = try await workshop.forge.commit(
            like: commits[0], .init(parents: [third], trailers: ["Bundle-Revision": "4"]))
        let last = try await workshop.forge.commit(
            like: commits[0], .init(parents: [wrong], trailers: ["Bundle-Revision": "5"]))
        try await workshop.forge.setReference(Workshop.revisions, last)
        await expectRefusal(.historyRewritten) { try await verify(workshop, "support-agents") }
    }

    @Test("a release that does not follow the one before is found wherever it stands")
    func releases() async throws {
        let (workshop, results) = try await workshop()
        let releases = results.compactMap { $0.release?.commit.hex }
        for parents in [[], [releases[0], releases[1]], [results[0].revision.commit.hex]] {
            let forged = try await workshop.forge.commit(
                like: releases[1], .init(parents: parents))
            try await workshop.forge.setReference(Workshop.latest, forged)
            let error = await expectRefusal(
                parents.first == results[0].revision.commit.hex
                    ? .provenanceInvalid : .historyRewritten
            ) {
                try await verify(workshop, "support-agents@latest")
            }
            #expect(error != nil)
        }
        let middle = try await workshop.forge.commit(
            like: releases[1], .init(trailers: ["Release-Sequence": "7"]))
        let last = try await workshop.forge.commit(
            like: releases[1], .init(parents: [middle], trailers: ["Release-Sequence": "8"]))
        try await workshop.forge.setReference(Workshop.latest, last)
        await expectRefusal(.historyRewritten) {
            try await verify(workshop, "support-agents@latest")
        }
        // Nothing is put behind such a release.
        for (name, value) in [("Release-Sequence", "7"), ("Bundle-Workspace", "other")] {
            let forged = try await workshop.forge.commit(
                like: releases[1], .init(trailers: [name: value]))
            try await workshop.forge.setReference(Workshop.latest, forged)
            let state = try await workshop.state()
            let code: SheafError.Code =
                name == "Bundle-Workspace" ? .workspaceMismatch : .historyRewritten
            await expectRefusal(code) {
                try await workshop.publish(SampleBundle().prompt("Four.\n"))
            }
            await expectRefusal(code) {
                try await workshop.repository.release(
                    try workshop.reference("support-agents@1"), to: .latest, reason: "x",
                    identityFrom: workshop.directory.path)
            }
            #expect(try await workshop.state() == state)
        }
    }

    @Test(
        "a commit with an encoding, no UTF-8 or NUL in its message has no provenance",
        arguments: ["encoding", "latin", "nul"])
    func message(kind: String) async throws {
        let (workshop, _) = try await workshop()
        let message = try await workshop.git.check(
            "log", "-1", "--format=%B", Workshop.revisions
        ).standardOutput
        var change = Forge.Change()
        switch kind {
        case "encoding": change.headers = ["encoding ISO-8859-1"]
        case "latin": change.message = [0xE9, 0x0A, 0x0A] + message
        default: change.message = Array("x\u{0}\n\n".utf8) + message
        }
        try await forge(Workshop.revisions, change, workshop)
        await expectRefusal(.provenanceInvalid) { try await verify(workshop, "support-agents") }
    }

    @Test("a signed commit is read like any other")
    func signature() async throws {
        let (workshop, _) = try await workshop()
        try await forge(
            Workshop.revisions,
            .init(headers: ["gpgsig -----BEGIN SSH SIGNATURE-----", " x", " -----END"]), workshop)
        _ = try await verify(workshop, "support-agents")
    }

    @Test("a message over the limit is refused before it is read")
    func long() async throws {
        let (workshop, _) = try await workshop()
        let message = try await workshop.git.check(
            "log", "-1", "--format=%B", Workshop.revisions
        ).standardOutput
        for count in [70 << 10, 300 << 10] {
            let long = Array(repeating: UInt8(ascii: "x"), count: count) + [0x0A, 0x0A] + message
            try await forge(Workshop.revisions, .init(message: long), workshop)
            await expectRefusal(.limitExceeded) { try await verify(workshop, "support-agents") }
        }
    }

    @Test(
        "odd times of commits are read and shown",
        arguments: [
            "0 +0000", "1 -1200", "253402300800 +1400", "9223372036854775807 +0000", "1 +9959",
        ])
    func times(time: String) async throws {
        let (workshop, _) = try await workshop()
        try await forge(Workshop.revisions, .init(committer: "X <x@y.z> \(time)"), workshop)
        let log = try await workshop.another().log(try Workshop.bundle)
        #expect(!log[0].createdAt.description.isEmpty)
        #expect(
            String(log[0].createdAt.seconds) == time.split(separator: " ").first.map(String.init))
        let data = try JSONEncoder().encode([log[0].createdAt])
        #expect(!data.isEmpty)
    }

    @Test("a number that has no next one does not end the process")
    func lastNumber() async throws {
        let (workshop, _) = try await workshop()
        for number in ["9223372036854775807", "999999999999999"] {
            try await forge(
                Workshop.revisions, .init(trailers: ["Bundle-Revision": number]), workshop)
            await #expect(throws: SheafError.self) {
                try await workshop.repository.log(try Workshop.bundle)
            }
            let state = try await workshop.state()
            await #expect(throws: SheafError.self) {
                try await workshop.publish(SampleBundle().prompt("Four.\n"))
            }
            #expect(try await workshop.state() == state)
        }
    }

    @Test("damage on the disk is a corrupt store")
    func damage() async throws {
        let (workshop, _) = try await workshop()
        let packs = workshop.repository.path + "/objects/pack"
        let blob = try await workshop.git.text("rev-parse", "\(Workshop.revisions):README.md")
        // As a loose object with other bytes than its name says.
        try await workshop.git.check("repack", "-adq")
        let pack = try #require(
            try FileManager.default.contentsOfDirectory(atPath: packs).first {
                $0.hasSuffix(".pack")
            })
        let bytes = try Data(contentsOf: URL(filePath: "\(packs)/\(pack)"))
        for name in try FileManager.default.contentsOfDirectory(atPath: packs) {
            try FileManager.default.removeItem(atPath: "\(packs)/\(name)")
        }
        try await workshop.git.check("unpack-objects", "-q", input: Array(bytes))
        _ = try await verify(workshop, "support-agents")
        let loose = "\(workshop.repository.path)/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: loose)
        try Data("rubbish".utf8).write(to: URL(filePath: loose))
        await expectRefusal(.storeCorrupt) { try await verify(workshop, "support-agents") }
        try FileManager.default.removeItem(atPath: loose)
        await expectRefusal(.storeCorrupt) { try await verify(workshop, "support-agents") }
    }
}
