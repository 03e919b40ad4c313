import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Comparing two states")
struct DiffTests {
    /// What git prints for the same comparison.
    private func git(
        _ workshop: Workshop, _ old: String, _ new: String, context: Int = 3
    ) async throws -> String {
        try await workshop.git.check(
            "-c", "core.quotePath=false", "diff", "--no-renames", "--abbrev=10", "-U\(context)",
            old, new
        ).text
    }

    private func compare(
        _ first: SampleBundle, _ second: SampleBundle,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> [FileChange] {
        let workshop = try await Workshop()
        let old = try await workshop.publish(first).revision.commit.hex
        let new = try await workshop.publish(second).revision.commit.hex
        let one = DiffSide.reference(try workshop.reference("support-agents@1"))
        let two = DiffSide.reference(try workshop.reference("support-agents@2"))
        let repository = workshop.repository
        for context in [0, 3, 12] {
            for (from, to, left, right) in [(one, two, old, new), (two, one, new, old)] {
                let changes = try await repository.diff(from: from, to: to, contextLines: context)
                let expected = try await git(workshop, left, right, context: context)
                let own = changes.map(\.text).joined()
                #expect(
                    own == expected, "\(Self.firstDifference(own, expected))",
                    sourceLocation: sourceLocation)
            }
        }
        let changes = try await repository.diff(from: one, to: two)
        let statistics = try await workshop.git.lines(
            "-c", "core.quotePath=false", "diff", "--no-renames", "--numstat", old, new)
        #expect(
            changes.map {
                $0.isBinary ? "-\t-\t\($0.path)" : "\($0.additions)\t\($0.deletions)\t\($0.path)"
            } == statistics, sourceLocation: sourceLocation)
        return changes
    }

    private static func firstDifference(_ own: String, _ expected: String) -> String {
        let lines = zip(own.split(separator: "\n"), expected.split(separator: "\n"))
        let different = lines.first { $0 != $1 }
        return "own: \(different?.0.debugDescription ?? "the end"), git: "
            + "\(different?.1.debugDescription ?? "the end")"
    }

    private static let poem = (1...40).map { "Line \($0) of the prompt.\n" }.joined()

    @Test("edits, additions, deletions, binary and empty files are as git shows them")
    func real() async throws {
        let first = SampleBundle()
            .with("prompts/long.md", Self.poem)
            .with("prompts/gone.md", "gone\n")
            .with("assets/empty-to-full", "").with("assets/full-to-empty", "full\n")
            .with("assets/gone-empty", "")
            .with("assets/text-to-binary", "text\n").with("assets/binary-to-text", "a\u{0}b")
            .with("assets/gone.bin", "\u{0}\u{1}").with("assets/logo.bin", "\u{0}1")
            .with("assets/no-end", "a\nb").with("assets/end", "a\nb\n")
            .with("assets/日本語.md", "一\n二\n三\n").with("assets/with space.md", "a\n")
            .with("assets/crlf.txt", "a\r\nb\r\n")
        var poem = Self.poem.replacing("Line 3 of", with: "Line three of")
        poem = poem.replacing("Line 20 of the prompt.\n", with: "")
        poem = poem.replacing("Line 35 of the prompt.\n", with: "Line 35.\nAnd one more.\n\n")
        let second = SampleBundle().prompt("You fix tickets.\nBe very brief.\n")
            .with("prompts/long.md", poem)
            .with("prompts/new.md", "new\nfile\n")
            .with("assets/empty-to-full", "full\n").with("assets/full-to-empty", "")
            .with("assets/new-empty", "")
            .with("assets/text-to-binary", "te\u{0}xt\n").with("assets/binary-to-text", "text\n")
            .with("assets/new.bin", "\u{0}\u{1}\u{2}").with("assets/logo.bin", "\u{0}2")
            .with("assets/no-end", "a\nc").with("assets/end", "a\nb")
            .with("assets/日本語.md", "一\n二に\n三\n").with("assets/with space.md", "b\n")
            .with("assets/new with space.md", "x\n")
            .with("assets/crlf.txt", "a\r\nb\n")
        let changes = try await compare(first, second)
        #expect(changes.count == 19)
        let kinds = Dictionary(
            uniqueKeysWithValues: changes.map { ($0.path.text, $0.kind) })
        #expect(kinds["prompts/new.md"] == .added)
        #expect(kinds["prompts/gone.md"] == .removed)
        #expect(kinds["assets/logo.bin"] == .modified)
        #expect(changes.first { $0.path.text == "assets/logo.bin" }?.isBinary == true)
    }

    @Test("hunks name the function or heading that git names")
    func headings() async throws {
        let lines = (1...60).map { $0 % 20 == 1 ? "Section_\($0):\n" : "  text \($0)\n" }.joined()
        let first = SampleBundle().with("prompts/a.md", lines).with("assets/a.txt", lines)
        let changed = lines.replacing("text 15\n", with: "other\n")
            .replacing("text 35\n", with: "more\n").replacing("text 58\n", with: "")
        let second = SampleBundle().with("prompts/a.md", changed).with("assets/a.txt", changed)
        _ = try await compare(first, second)
    }

    @Test("a file in place of a directory and the other way are a removal and additions")
    func fileForDirectory() async throws {
        let first = SampleBundle().with("assets/a", "file\n").with("assets/b/c", "x\n")
        let second = SampleBundle().with("assets/a/c", "x\n").with("assets/b", "file\n")
        #expect(try await compare(first, second).count == 4)
    }

    @Test("files are in Git's order")
    func order() async throws {
        var second = SampleBundle()
        for name in ["a", "a.b", "a-b", "a/b".replacing("/", with: "0/x"), "a0/y", "B", "ä", "a b"]
        {
            second = second.with("assets/\(name)", "x\n")
        }
        for name in ["s/x", "s.x", "s-x", "s0"] { second = second.with("assets/\(name)", "x\n") }
        _ = try await compare(SampleBundle(), second)
    }

    @Test("generated edits are as git shows them", arguments: [42, 43] as [UInt64])
    func generated(start: UInt64) async throws {
        var seed = start
        func random(_ below: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % below
        }
        var first = SampleBundle()
        var second = SampleBundle()
        for file in 0..<60 {
            let lines = (0..<random(50)).map { _ in
                ["", "{", "}", "  a", "  b", "def f():", "# x", "text \(random(5))"][random(8)]
            }
            var edited = lines
            for _ in 0..<random(8) where !edited.isEmpty {
                let place = random(edited.count)
                switch random(3) {
                case 0: edited.remove(at: place)
                case 1: edited.insert(["", "}", "  c", "new"][random(4)], at: place)
                default: edited[place] = "changed \(random(3))"
                }
            }
            let end = random(4) == 0 ? "" : "\n"
            first = first.with("assets/\(file).txt", lines.joined(separator: "\n") + "\n")
            second = second.with("assets/\(file).txt", edited.joined(separator: "\n") + end)
        }
        _ = try await compare(first, second)
    }

    @Test("equal states have no changes, whatever names them")
    func equal() async throws {
        let workshop = try await Workshop()
        try await workshop.publish()
        let sides = [
            DiffSide.reference(try workshop.reference("support-agents")),
            .reference(try workshop.reference("support-agents@latest")),
            .directory(workshop.agents.path(percentEncoded: false)),
        ]
        for from in sides {
            for to in sides {
                #expect(try await workshop.repository.diff(from: from, to: to) == [])
            }
        }
    }

    @Test("a directory is compared as it would be published")
    func directory() async throws {
        let workshop = try await Workshop()
        let old = try await workshop.publish()
        try SampleBundle().prompt("Other.\n").with("assets/new.md", "x\n")
            .with("README.md", nil).write(to: workshop.agents)
        try workshop.directory.write("*.log\n", to: "agents/.gitignore")
        try workshop.directory.write("x", to: "agents/run.log")
        let side = DiffSide.directory(workshop.agents.path(percentEncoded: false))
        let published = DiffSide.reference(try workshop.reference("support-agents@1"))
        let changes = try await workshop.repository.diff(from: published, to: side)
        let back = try await workshop.repository.diff(from: side, to: published)
        let new = try await workshop.publish(directory: workshop.agents)
        #expect(
            changes.map(\.text).joined()
                == (try await git(workshop, old.revision.commit.hex, new.revision.commit.hex)))
        #expect(
            back.map(\.text).joined()
                == (try await git(workshop, new.revision.commit.hex, old.revision.commit.hex)))
    }

    @Test("two bundles can be compared, and what is not there is not found")
    func others() async throws {
        let workshop = try await Workshop()
        try await workshop.publish()
        try await workshop.publish(SampleBundle(bundle: "billing"))
        let one = DiffSide.reference(try workshop.reference("support-agents"))
        let other = DiffSide.reference(try workshop.reference("billing"))
        let changes = try await workshop.repository.diff(from: one, to: other)
        #expect(changes.map(\.path.text) == ["bundle.yaml"])
        await expectRefusal(.notFound) {
            try await workshop.repository.diff(
                from: one, to: .reference(try workshop.reference("support-agents@7")))
        }
        await expectRefusal(.notFound) {
            try await workshop.repository.diff(
                from: one, to: .directory(workshop.directory.path + "/none"))
        }
    }

    @Test("text that is no UTF-8 is shown with replacement characters and counted as git counts")
    func notUnicode() async throws {
        let workshop = try await Workshop()
        try await workshop.publish(SampleBundle().with("assets/l.txt", bytes: [0xE9, 0x0A]))
        try await workshop.publish(SampleBundle().with("assets/l.txt", bytes: [0xE8, 0x0A]))
        let changes = try await workshop.repository.diff(
            from: .reference(try workshop.reference("support-agents@1")),
            to: .reference(try workshop.reference("support-agents@2")))
        #expect(changes.map(\.additions) == [1] && changes.map(\.isBinary) == [false])
        #expect(changes[0].text.hasSuffix("-\u{FFFD}\n+\u{FFFD}\n"))
    }
}
