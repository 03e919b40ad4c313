import Foundation
import TestSupport
import Testing

@Suite("What Git shows in place of what is stored")
struct GitDisguiseTests {
    /// Something by which Git itself would read other commits than there are.
    struct Disguise: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let put: @Sendable (Desk) async throws -> Void

        init(_ description: String, _ put: @escaping @Sendable (Desk) async throws -> Void) {
            testDescription = description
            self.put = put
        }
    }

    static let disguises = [
        Disguise("a replaced commit") { desk in
            let bad = try await desk.git.check(
                "commit-tree", "\(Desk.branch)^{tree}", "-m", "nothing"
            ).trimmed
            try await desk.git.check("replace", Desk.branch, bad)
        },
        Disguise("a replaced tree") { desk in
            let empty = try await desk.git.text("mktree", "--missing")
            try await desk.git.check(
                "update-ref",
                "refs/replace/" + desk.git.text("rev-parse", "\(Desk.branch)^{tree}"), empty)
        },
        Disguise("grafted parents") { desk in
            try desk.writeServer("\(try await desk.git.commit(Desk.branch))\n", "info/grafts")
        },
        Disguise("a note") {
            try await $0.git.check("notes", "add", "-m", "Bundle-Revision: 9", Desk.branch)
        },
        Disguise("objects of another repository") { desk in
            try await desk.plainGit.check(
                "clone", "--quiet", "--bare", desk.repository.path, "other.git")
            try desk.writeServer("\(desk.home.path)/other.git/objects\n", "objects/info/alternates")
        },
    ]

    @Test("neither reading nor the gate is changed by it", arguments: disguises)
    func disguised(disguise: Disguise) async throws {
        let desk = try await Desk.published()
        try desk.edit("Two.\n")
        try await desk.check("publish", "agents", "-m", "two")
        let clone = try await Clone(of: desk)
        let log = try await desk.check("log", "support-agents", "--format", "json").text
        // As on a server that lets Git obey them, which Git's own half of a push cannot stand.
        try await desk.git.check("config", "core.useReplaceRefs", "true")
        try await disguise.put(desk)
        #expect(try await desk.check("log", "support-agents", "--format", "json").text == log)
        try await desk.check("verify", "support-agents")
        try await desk.check("verify", "support-agents@latest")
        try await desk.git.check("config", "core.useReplaceRefs", "false")
        let right = try await clone.commit("three")
        let bad = try await clone.forge(like: right) {
            $0.replacing("Bundle-Revision: 3", with: "Bundle-Revision: 2")
        }
        #expect(try await !clone.push("\(bad):\(Desk.branch)").succeeded)
        let pushed = try await clone.push("\(right):\(Desk.branch)")
        #expect(pushed.succeeded, "\(pushed)")
        try await desk.check("verify", "support-agents@3")
    }

    @Test("a push from a clone without its history is judged by what the server has")
    func shallow() async throws {
        let desk = try await Desk.published()
        for text in ["Two.\n", "Three.\n"] {
            try desk.edit(text)
            try await desk.check("publish", "agents", "-m", text)
        }
        try await desk.plainGit.check(
            "clone", "--quiet", "--depth", "1", "file://\(desk.repository.path)", "shallow")
        try await desk.check("hook", "install", "--checkout", "shallow")
        let git = GitOracle(in: desk.home.appending("shallow"))
        try desk.home.write("Four.\n", to: "shallow/prompts/coder.md")
        try await git.check("commit", "--quiet", "-a", "-m", "four")
        let pushed = try await git.run(["push", "origin", "HEAD"])
        #expect(pushed.succeeded, "\(pushed)")
        try await desk.check("verify", "support-agents@4")
    }
}
