import Foundation
import TestSupport
import Testing

@Suite("How the sources are kept")
struct SourceRulesTests {
    static let files =
        ((try? SourceFile.all(below: "Sources")) ?? [])
        + ((try? SourceFile.all(below: "Tests")) ?? [])

    @Test("no file is longer than 600 lines", arguments: files)
    func length(file: SourceFile) {
        #expect(file.lines.count <= 600)
    }

    @Test("no file is named after nothing in particular", arguments: files)
    func name(file: SourceFile) {
        let vague = [
            "Util", "Utils", "Utilities", "Helper", "Helpers", "Common", "Manager", "Misc",
        ]
        #expect(!vague.contains(file.stem))
        #expect(!vague.contains { file.stem.hasSuffix($0) })
    }

    @Test("nothing stops the process or waits for later", arguments: files)
    func noTraps(file: SourceFile) {
        // The words are put together here so that this file does not find itself.
        let refused = ["try" + "!", " as" + "! ", "fatal" + "Error(", "TO" + "DO", "FIX" + "ME"]
        for line in file.lines {
            for word in refused where line.contains(word) {
                Issue.record("\(word): \(line)")
            }
        }
    }

    @Test("a Sendable that the compiler does not check says why", arguments: files)
    func uncheckedSendable(file: SourceFile) {
        let word = "@unchecked " + "Sendable"
        for (index, line) in file.lines.enumerated() where line.contains(word) {
            let above = file.lines[max(0, index - 4)..<index]
            #expect(above.contains { $0.contains("//") }, "line \(index + 1)")
        }
    }

    @Test("the top level of the repository holds what the layout names and nothing else")
    func topLevel() async throws {
        let allowed: Set<String> = [
            "Package.swift", "Sources", "Tests", "hooks", "fixtures", "README.md", "Makefile",
            "LICENSE",
        ]
        for name in try await topLevelNames() where !name.hasPrefix(".") {
            #expect(allowed.contains(name), "\(name)")
        }
    }

    /// What Git tracks; the directory itself where the sources are not in a checkout.
    private func topLevelNames() async throws -> Set<String> {
        let git = GitOracle(in: Fixtures.packageRoot)
        let tracked = try await git.run(["ls-files", "--full-name", "-z"])
        if tracked.succeeded {
            return Set(
                tracked.text.split(separator: "\0").map { String($0.prefix { $0 != "/" }) })
        }
        return Set(
            try FileManager.default.contentsOfDirectory(
                atPath: Fixtures.packageRoot.path(percentEncoded: false)))
    }
}
