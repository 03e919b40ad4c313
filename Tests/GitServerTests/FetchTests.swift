import BundleModel
import Foundation
import TestSupport
import Testing

@testable import AccessTokens
@testable import GitServer

@Suite("Fetching over HTTP")
struct FetchTests {
    @Test("git clones a workspace, and git agrees that every object is there")
    func clones() async throws {
        try await ServedWorkspace.with { served in
            try await served.git.check("clone", "-q", served.url("acme.git"), "clone")
            let clone = GitOracle(in: served.home.appending("clone"))
            try await clone.check("fsck", "--strict")
            let remote = GitOracle(in: served.home.appending("acme.git"))
            let tips = try await remote.lines(
                "for-each-ref", "--format=%(objectname)", "refs/heads")
            for tip in tips { try await clone.check("cat-file", "-e", tip) }
            #expect(try await clone.text("symbolic-ref", "--short", "HEAD") == "bundles/agents")
        }
    }

    @Test("the URL of one bundle shows that bundle alone")
    func oneBundle() async throws {
        try await ServedWorkspace.with { served in
            let names = try await served.git.lines(
                "ls-remote", served.url("acme/helpers.git"), "refs/*")
            #expect(
                names.map { $0.split(separator: "\t")[1] } == [
                    "refs/heads/bundles/helpers", "refs/heads/channels/helpers/latest",
                ])
        }
    }

    @Test("what many ask alike is made once")
    func madeOnce() async throws {
        try await ServedWorkspace.with { served in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...12 {
                    group.addTask {
                        try await served.git.check(
                            "clone", "-q", "--bare", served.url("acme.git"), "clone-\(number)")
                    }
                }
                try await group.waitForAll()
            }
            let text = try await served.get("/metrics").text
            #expect(text.contains(#"sheaf_git_fetch_responses_total{outcome="miss"} 1"#))
            #expect(!text.contains(#"outcome="unshared""#))
        }
    }

    @Test("a publish past the server is in the next answer, and an increment brings what changed")
    func increments() async throws {
        try await ServedWorkspace.with { served in
            try await served.git.check("clone", "-q", served.url("acme.git"), "clone")
            let clone = GitOracle(in: served.home.appending("clone"))
            for number in 1...3 {
                try await served.publishAgain("agents", "state \(number)")
                try await clone.check("fetch", "-q")
                let remote = GitOracle(in: served.home.appending("acme.git"))
                let tip = try await remote.commit("refs/heads/bundles/agents")
                #expect(try await clone.commit("origin/bundles/agents") == tip)
            }
        }
    }

    @Test("a large answer comes whole through the file without a name, and leaves nothing behind")
    func largeAnswer() async throws {
        try await ServedWorkspace.with { served in
            // Does not compress, so the pack is larger than what stays in memory.
            var generator = SystemRandomNumberGenerator()
            let words = (0..<400_000).map { _ in String(generator.next(), radix: 36) }
            try served.home.write(
                "# Notes\n\n" + words.joined(separator: "\n"), to: "agents/assets/notes.md")
            try await served.publishAgain("agents", "with notes")
            for clone in ["one", "two"] {
                try await served.git.check("clone", "-q", served.url("acme.git"), clone)
                try await GitOracle(in: served.home.appending(clone)).check("fsck", "--strict")
            }
            let folder = FileManager.default.temporaryDirectory
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            #expect(!names.contains { $0.hasPrefix("sheaf-spool-") })
        }
    }
}
