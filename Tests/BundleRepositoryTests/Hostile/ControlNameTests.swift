import BundleModel
import Foundation
import TestSupport
import Testing

/// What Git takes for one of its own names on some file system, asked of Git itself.
@Suite("Names that Git reads, in their disguises")
struct ControlNameTests {
    private static let mark = "\u{200C}"

    /// Names that Git knows in some disguise, and neighbours that it does not.
    static let names: [String] = {
        var names = [
            ".git", ".GIT", ".Git", ".git ", ".git.", ".git...", ".git . .", "git~1", "GIT~1",
            "git~1.", "git~1 ", ".git::$INDEX_ALLOCATION", ".git:x", "git~1:x", ".git\\x", ".git\\",
            "a\\.git\\b", ".g\(mark)it", "\(mark).git", ".git\u{FEFF}", ".\u{206A}g\u{202E}it",
            "~1000000", "g~100000", "gi~10000", "gi7~1000", "gi7e~123", "gi7eb~10", "gi7eb~99",
            "gi7eba~1", "gi7eba~9", "GI7EBA~1", "gi7d29~1", "gi250a~2", "maba30~1", "ma~10000",
        ]
        for name in ["gitmodules", "gitattributes", "gitignore", "mailmap"] {
            let short = name.prefix(6)
            names += [
                ".\(name)", ".\(name.uppercased())", ".\(name) ", ".\(name).", ".\(name):x",
                ".\(name.prefix(3))\(mark)\(name.dropFirst(3))", "\(short)~1", "\(short)~4",
                "\(short)~1 .",
            ]
        }
        return names
    }()

    /// Names that look like them and are none.
    static let others = [
        ".gitfoo", ".gitkeep", "git", "git~", "git~0", "git~a", "git~10", "gitmod~0", "gitmod~10",
        "gitmodules~1", "gitmodules", ".gitmodule", ".git~1", "gi7eba~0", "gi7eba~10", "gi7eb~01",
        "g~1000000", "~10000000", "mailmap", ".gi\u{442}", ".\u{261}it", ".g\u{131}t", ".git;x",
        "x.git", "gi7ebb~1",
    ]

    /// What `git fsck` says of a link of this name: Git looks at the other names only in links.
    private func verdict(on name: String) async throws -> Bool {
        let place = try TemporaryDirectory()
        let git = try await GitOracle(bareRepositoryAt: place.appending("git"))
        let blob = try await git.check("hash-object", "-w", "--stdin", input: [0x78]).trimmed
        let tree = try await git.check(
            ["mktree", "-z"], input: Array("120000 blob \(blob)\t\(name)\0".utf8)
        ).trimmed
        let found =
            try await git.run(["fsck", "--strict", "--no-dangling", tree]).errorText
            + (try await git.run(["fsck", "--strict", "--no-dangling", tree])).text
        return [
            "hasDotgit", "gitmodulesSymlink", "gitattributesSymlink", "gitignoreSymlink",
            "mailmapSymlink",
        ].contains { found.contains($0) }
    }

    @Test("what Git takes for one of its names is refused as such", arguments: names)
    func refused(_ name: String) async throws {
        #expect(try await verdict(on: name))
        let problem = #expect(throws: PathProblem.self) { try BundlePath("assets/\(name)") }
        #expect(problem?.rule == "path-control-name")
    }

    @Test("what Git does not take for one is not refused as such", arguments: others)
    func other(_ name: String) async throws {
        #expect(try await !verdict(on: name))
        do throws(PathProblem) {
            _ = try BundlePath("assets/\(name)")
        } catch {
            #expect(error.rule != "path-control-name")
        }
    }

    @Test("every number behind git~ is refused: another file may have taken the first")
    func numbers() {
        for digit in 1...9 {
            let problem = #expect(throws: PathProblem.self) { try BundlePath("git~\(digit)") }
            #expect(problem?.rule == "path-control-name")
        }
    }
}
