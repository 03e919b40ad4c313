import Foundation
import TestSupport
import Testing

@Suite("Renewing trailers")
struct StampTests {
    /// Two commits that a colleague overtook.
    private func overtaken() async throws -> Clone {
        let desk = try await Desk.published()
        let clone = try await Clone(of: desk)
        try await clone.commit("mine 1", "--signoff")
        try await clone.commit("mine 2")
        let other = try await Clone(of: desk, name: "other")
        try other.edit("theirs\n", "README.md")
        try await other.git.check("add", "--all")
        try await other.git.check("commit", "--quiet", "-m", "theirs")
        #expect(try await other.push().succeeded)
        return clone
    }

    @Test("after a real rebase a push is refused, and after 'stamp' it is taken")
    func rebased() async throws {
        let clone = try await overtaken()
        #expect(try await !clone.push().succeeded)
        let early = try await clone.sheaf("stamp", "origin/bundles/support-agents")
        #expect(early.succeeded)
        try await clone.git.check("fetch", "--quiet")
        let notBehind = try await clone.sheaf("stamp")
        #expect(notBehind.status == 1)
        #expect(notBehind.errorText.contains("git rebase"), "\(notBehind)")
        try await clone.git.check("rebase", "--quiet", "@{upstream}")
        let stale = try await clone.push()
        #expect(!stale.succeeded)
        #expect(stale.errorText.contains("sheaf stamp"), "\(stale)")

        let before = try await clone.git.lines("log", "--format=%an %ae %ad %s %T", "@{upstream}..")
        let head = try await clone.git.commit("HEAD")
        let dry = try await clone.sheaf("stamp", "--dry-run")
        #expect(dry.succeeded)
        #expect(try await clone.git.commit("HEAD") == head)
        let stamped = try await clone.sheaf("stamp")
        #expect(dry.lines.count == 2)
        #expect(stamped.lines.count == 2)
        #expect(
            try await clone.git.lines("log", "--format=%an %ae %ad %s %T", "@{upstream}..")
                == before)
        #expect(try await clone.message("HEAD^").contains("mine 1\n\nSigned-off-by: "))
        #expect(try await clone.trailer("Bundle-Revision") == "4")
        let base = try await clone.git.commit("HEAD^")
        #expect(try await clone.trailer("Bundle-Source") == "git:clone@\(base)")
        #expect(try await clone.git.text("status", "--porcelain") == "")
        let pushed = try await clone.push()
        #expect(pushed.succeeded, "\(pushed)")
        try await clone.desk.check("verify", "support-agents")

        let again = try await clone.sheaf("stamp")
        #expect(again.text == "there is nothing to stamp\n")
        try await clone.commit("right already")
        let right = try await clone.git.commit("HEAD")
        #expect(
            try await clone.sheaf("stamp", "@{upstream}..HEAD").text.contains("stays revision 5"))
        #expect(try await clone.git.commit("HEAD") == right)
    }

    @Test("a rebase that changes, drops and squashes commits is put right")
    func edited() async throws {
        let clone = try await Clone.published()
        for text in ["one", "two", "three", "four"] { try await clone.commit(text) }
        let sequence = "sed -i -e 2d -e '4s/^pick/squash/'"
        let git = clone.git(environment: ["GIT_SEQUENCE_EDITOR": sequence, "GIT_EDITOR": "true"])
        let rebase = try await git.run(["rebase", "-i", "-X", "theirs", "@{upstream}"])
        #expect(rebase.succeeded, "\(rebase)")
        let stamped = try await clone.sheaf("stamp", "--format", "json")
        #expect(stamped.succeeded, "\(stamped)")
        let pushed = try await clone.push()
        #expect(pushed.succeeded, "\(pushed)")
        try await clone.desk.check("verify", "support-agents")
    }

    @Test("commits without trailers are stamped from the first one on")
    func root() async throws {
        let desk = try await Desk.published()
        try desk.writeBundle("others", id: "others")
        let git = try await GitOracle(repositoryAt: desk.home.appending("others"))
        try await git.check("checkout", "--quiet", "--orphan", "bundles/others")
        try await git.check("add", "--all")
        try await git.check("commit", "--quiet", "-m", "first")
        try await git.check("commit", "--quiet", "--allow-empty", "-m", "nothing new")
        let sheaf = desk.sheaf.running(in: desk.home.appending("others"))
        let without = try await sheaf.run("stamp")
        #expect(without.status == 2)
        #expect(without.errorText.contains("--root"), "\(without)")
        let stamped = try await sheaf.run("stamp", "--root")
        #expect(stamped.succeeded, "\(stamped)")
        let pushed = try await git.run([
            "push", desk.repository.path(percentEncoded: false), "HEAD",
        ])
        #expect(pushed.succeeded, "\(pushed)")
        try await desk.check("verify", "others@2")
    }

    @Test("what cannot be stamped is refused and nothing is moved")
    func refused() async throws {
        let clone = try await overtaken()
        let head = try await clone.git.commit("HEAD")
        try await clone.git.check("fetch", "--quiet")
        try await clone.git.check("merge", "--quiet", "--no-verify", "--no-edit", "@{upstream}")
        let merged = try await clone.sheaf("stamp")
        #expect(merged.status == 1)
        #expect(merged.errorText.contains("(history_rewritten)"), "\(merged)")
        try await clone.git.check("reset", "--quiet", "--hard", head)

        for arguments in [["nowhere"], ["HEAD..main"], ["..", "--dry-run"]] {
            let output = try await clone.desk.sheaf.running(in: clone.directory)
                .run(["stamp"] + arguments)
            #expect(output.status == 2, "\(output)")
        }
        let detached = try await clone.git.check("switch", "--quiet", "--detach")
        #expect(detached.succeeded)
        #expect(try await clone.sheaf("stamp").status == 2)
        #expect(try await clone.git.commit("bundles/support-agents") == head)
    }
}
