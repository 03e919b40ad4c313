import BundleModel
import Foundation
import LibGit2
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Reading what was published")
struct ReadingTests {
    /// Three revisions, of which the first and third have the same contents, and two releases.
    private func workshop() async throws -> (Workshop, [PublishResult]) {
        let workshop = try await Workshop()
        var results: [PublishResult] = []
        for (text, channel) in [("One.\n", "latest"), ("Two.\n", nil), ("One.\n", "latest")] {
            results.append(
                try await workshop.publish(SampleBundle().prompt(text), channel: channel))
        }
        return (workshop, results)
    }

    @Test("each of the five forms of a reference finds its commit")
    func resolve() async throws {
        let (workshop, results) = try await workshop()
        let revisions = results.map(\.revision)
        let releases = results.compactMap(\.release)
        let table: [(String, ResolvedCommit)] = [
            ("support-agents", .revision(revisions[2])),
            ("support-agents@1", .revision(revisions[0])),
            ("support-agents@2", .revision(revisions[1])),
            ("support-agents@3", .revision(revisions[2])),
            ("support-agents@latest", .release(releases[1])),
            ("support-agents@\(revisions[1].commit)", .revision(revisions[1])),
            ("support-agents@\(releases[0].commit)", .release(releases[0])),
            // The newest with these contents.
            ("support-agents@\(revisions[0].digest)", .revision(revisions[2])),
            ("support-agents@\(revisions[1].digest)", .revision(revisions[1])),
        ]
        for (text, expected) in table {
            let found = try await workshop.repository.resolve(try workshop.reference(text))
            #expect(found == expected, "\(text)")
            // Another process sees the same.
            #expect(
                try await workshop.another().resolve(try workshop.reference(text)) == expected)
        }
    }

    @Test("what is not there is not found")
    func missing() async throws {
        let (workshop, _) = try await workshop()
        try await workshop.publish(SampleBundle(bundle: "billing"))
        let other = try await workshop.repository.log(try BundleID("billing"))[0]
        let tree = try await workshop.git.text("rev-parse", "\(other.commit)^{tree}")
        for text in [
            "support-agents@4", "support-agents@999999999", "support-agents@canary", "nothing",
            "nothing@latest", "support-agents@" + String(repeating: "1", count: 40),
            "support-agents@\(tree)", "support-agents@\(other.digest)",
            "support-agents@\(other.commit)",
        ] {
            await expectRefusal(.notFound) {
                try await workshop.repository.resolve(try workshop.reference(text))
            }
        }
    }

    @Test("a commit that no branch of the bundle reaches is not one of the bundle")
    func unreached() async throws {
        let (workshop, results) = try await workshop()
        let revision = results[2].revision.commit.hex
        let copy = try await workshop.forge.commit(
            like: revision, .init(committer: "X <x@y.z> 1 +0000"))
        let release = try #require(results[2].release).commit.hex
        let copyOfRelease = try await workshop.forge.commit(
            like: release, .init(committer: "X <x@y.z> 1 +0000"))
        for id in [copy, copyOfRelease] {
            await expectRefusal(.notFound) {
                try await workshop.repository.resolve(
                    try workshop.reference("support-agents@\(id)"))
            }
        }
    }

    @Test("the log is git's log")
    func log() async throws {
        let (workshop, results) = try await workshop()
        let log = try await workshop.repository.log(try Workshop.bundle)
        #expect(log == results.map(\.revision).reversed())
        let lines = try await workshop.git.lines(
            "log", "--first-parent", "--format=%H", Workshop.revisions)
        #expect(log.map(\.commit.hex) == lines)
        for limit in 0...4 {
            let some = try await workshop.repository.log(try Workshop.bundle, limit: limit)
            #expect(some == Array(log.prefix(limit)))
        }
    }

    @Test("files and their bytes are those that git shows")
    func files() async throws {
        let sample = SampleBundle()
            .with("assets/日本語 ファイル.txt", "あ\n").with("assets/empty", "")
            .with("assets/a", "x").with("assets/a.b", "x").with("assets/a-b/c", "x")
            .with("assets/a0", "x")
        let workshop = try await Workshop()
        let published = try await workshop.publish(sample)
        let release = try #require(published.release)
        for commit in [ResolvedCommit.revision(published.revision), .release(release)] {
            let files = try await workshop.repository.files(of: commit)
            let sizes = sample.files.map { ($0.key, $0.value.count) }
                .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
            #expect(files.map(\.path.text) == sizes.map(\.0))
            #expect(files.map(\.size) == sizes.map(\.1))
            for file in files {
                let bytes = try await workshop.repository.file(file.path, of: commit)
                let shown = try await workshop.git.check(
                    "cat-file", "blob", "\(commit.commit):\(file.path)")
                #expect(bytes == shown.standardOutput)
            }
            for missing in ["assets", "assets/missing", "README.md/x", "bundle", "prompts/coder"] {
                await expectRefusal(.notFound) {
                    try await workshop.repository.file(try BundlePath(missing), of: commit)
                }
            }
        }
    }

    @Test("a file over the host's limit is not read")
    func fileLimit() async throws {
        let workshop = try await Workshop()
        let sample = SampleBundle().with("assets/big", String(repeating: "x", count: 2000))
        let commit = ResolvedCommit.revision(try await workshop.publish(sample).revision)
        var limits = ContentLimits()
        limits.fileBytes = 1999
        let repository = try workshop.another(limits: limits)
        await expectRefusal(.limitExceeded) {
            try await repository.file(try BundlePath("assets/big"), of: commit)
        }
        await expectRefusal(.limitExceeded) { try await repository.digest(of: commit) }
    }

    @Test("the digest of a revision is that of the directory, of a release and of the script")
    func digest() async throws {
        let workshop = try await Workshop()
        let sample = SampleBundle().with("assets/a/b/c", "x").with("assets/a.b", "x")
            .with("assets/日本", "x").with("assets/empty", "")
        let published = try await workshop.publish(sample)
        let directory = try await BundleDirectory.read(
            workshop.agents.path(percentEncoded: false), limits: .standard,
            git: Workshop.program([:], workshop.directory.url), memory: nil)
        let digest = published.revision.digest
        #expect(directory.digest == digest)
        #expect(digest.description == (try await Shell.digest(of: workshop.agents)))
        let commit = ResolvedCommit.revision(published.revision)
        #expect(try await workshop.repository.digest(of: commit) == digest)
        #expect(try await workshop.another().digest(of: commit) == digest)
        let release = ResolvedCommit.release(try #require(published.release))
        #expect(try await workshop.another().digest(of: release) == digest)
    }

    @Test("the digest of many files is the same, cold, with equal files and after small changes")
    func manyFiles() async throws {
        var sample = SampleBundle()
        for number in 0..<400 {
            let path = "assets/\(number % 7)/\(number % 3)/\(number).txt"
            sample = sample.with(path, String(repeating: "\(number % 350)\n", count: number))
        }
        let workshop = try await Workshop()
        for text in ["One.\n", "Two.\n"] {
            let published = try await workshop.publish(sample.prompt(text))
            let digest = published.revision.digest
            #expect(digest.description == (try await Shell.digest(of: workshop.agents)))
            let commit = ResolvedCommit.revision(published.revision)
            #expect(try await workshop.repository.digest(of: commit) == digest)
            #expect(try await workshop.another().digest(of: commit) == digest)
            _ = try await workshop.another().verify(try workshop.reference("support-agents"))
        }
    }

    @Test("reads see what another process published meanwhile")
    func fresh() async throws {
        let (workshop, _) = try await workshop()
        let reader = try workshop.another()
        _ = try await reader.log(try Workshop.bundle)
        let next = try await workshop.publish(SampleBundle().prompt("Four.\n"))
        #expect(try await reader.log(try Workshop.bundle).first == next.revision)
        _ = try await reader.verify(try workshop.reference("support-agents@latest"))
        // Also after everything was repacked under its feet.
        try await workshop.git.check("gc", "--quiet", "--prune=now")
        #expect(try await reader.log(try Workshop.bundle).first == next.revision)
        _ = try await reader.verify(try workshop.reference("support-agents@latest"))
    }

    @Test("replace references change nothing of what Sheaf reads")
    func replace() async throws {
        let (workshop, results) = try await workshop()
        let newest = results[2].revision
        let forged = try await workshop.forge.commit(
            like: newest.commit.hex, .init(trailers: ["Bundle-Publisher": "evil/1"]))
        try await workshop.git.check("update-ref", "refs/replace/\(newest.commit)", forged)
        let blob = try await workshop.git.text("rev-parse", "\(newest.commit):README.md")
        let other = try await workshop.forge.object("blob", Array("evil".utf8))
        try await workshop.git.check("update-ref", "refs/replace/\(blob)", other)
        let reader = try workshop.another()
        let read = try await reader.resolve(try workshop.reference("support-agents"))
        #expect(read == .revision(newest))
        #expect(
            try await reader.file(try BundlePath("README.md"), of: read)
                == SampleBundle().files["README.md"])
        _ = try await reader.verify(try workshop.reference("support-agents"))
    }

    @Test("Sheaf reads, verifies and continues what git commit wrote with the trailers")
    func writtenByGit() async throws {
        let (workshop, results) = try await workshop()
        let clone = workshop.directory.appending("clone")
        try await workshop.git.check("clone", "--quiet", ".", clone.path(percentEncoded: false))
        let git = GitOracle(in: clone)
        let bundle = SampleBundle().prompt("By hand.\n")
        try bundle.write(to: clone)
        let digest = try #require(
            try await BundleDirectory.read(
                clone.path(percentEncoded: false), limits: .standard,
                git: Workshop.program([:], workshop.directory.url), memory: nil
            ).digest)
        try await git.check("add", "-A")
        try await git.check(
            "commit", "--quiet", "-s", "-m", "By hand", "--trailer", "Bundle-Workspace: acme",
            "--trailer", "Bundle-Id: support-agents", "--trailer", "Bundle-Revision: 4",
            "--trailer", "Bundle-Digest: \(digest)", "--trailer", "Bundle-Source: directory:clone",
            "--trailer", "Bundle-Publisher: git/2.39")
        // As on a host that has no push gate.
        try await workshop.git.check("config", "--unset", "receive.procReceiveRefs")
        try await git.check("push", "--quiet", "origin", "HEAD")
        let commit = try #require(CommitID(try await git.commit("HEAD")))
        let read = try await workshop.repository.log(try Workshop.bundle)
        #expect(read.first?.commit == commit)
        #expect(read.first?.number == 4)
        #expect(read.first?.parent == results[2].revision.commit)
        #expect(read.first?.author == Person(name: "Ada Author", email: "ada@example.com"))
        _ = try await workshop.repository.verify(try workshop.reference("support-agents@4"))
        let same = try await workshop.publish(bundle)
        #expect(!same.isNew && same.revision.commit == commit)
        #expect(same.release?.provenance.revisionCommit == commit)
        #expect(same.release?.publisher.name == "Carl Committer")
        let next = try await workshop.publish(SampleBundle().prompt("Five.\n"))
        #expect(next.revision.number == 5 && next.revision.parent == commit)
        #expect(try await workshop.fsck() == "")
    }

    @Test("opening what is no repository, and making one where something is, are refused")
    func opening() async throws {
        let place = try TemporaryDirectory()
        #expect { try BundleRepository.open(at: place.path + "/none") } throws: {
            ($0 as? SheafError)?.code == .notFound
        }
        try place.write("x", to: "place/file")
        for path in ["/place", "/place/file"] {
            #expect { try BundleRepository.open(at: place.path + path) } throws: {
                ($0 as? SheafError)?.code == .storeCorrupt
            }
        }
        #expect { try BundleRepository.create(at: place.path + "/place", workspace: nil) } throws: {
            ($0 as? SheafError)?.code == .conflict
        }
        #expect(throws: SheafError.self) {
            try BundleRepository.create(at: place.path + "/place/file/x", workspace: nil)
        }
        _ = try BundleRepository.create(at: place.path + "/new/deep.git", workspace: nil)
        let opened = try BundleRepository.open(at: place.path + "/new/deep.git")
        #expect(try await opened.bundles() == [])
        #expect(try await opened.workspace() == nil)
        #expect { try BundleRepository.create(at: opened.path, workspace: nil) } throws: {
            ($0 as? SheafError)?.code == .conflict
        }
    }
}
