import Foundation
import LibGit2
import Testing

@Suite struct UnifiedDiffTests {
    private static let long = (0..<60).map { "line \($0)" }

    private static func changed(_ edits: [Int: String?]) -> String {
        var lines: [String] = []
        for (index, line) in long.enumerated() {
            switch edits[index] {
            case .some(.some(let text)): lines.append(text)
            case .some(nil): break
            case nil: lines.append(line)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let source = """
        struct A {
            let a = 1
            let b = 2
        }

        func first() {
            one()
            two()
            three()
            four()
            five()
        }

        func second() {
            six()
            seven()
            eight()
            nine()
            ten()
        }

        """

    @Test(
        "hunks are the ones that git diff prints, and the counts too",
        arguments: [
            ("", ""), ("a\n", "a\n"), ("", "a\n"), ("a\n", ""), ("a", "a\n"), ("a\n", "a"),
            ("a", "b"), ("a\nb", "a\nc\n"), ("a\nb\n", "a\nc"), ("a\r\nb\r\n", "a\nb\n"),
            ("\n\n\n", "\n\n"), (changed([:]), changed([0: "first"])),
            (changed([:]), changed([59: "last"])), (changed([:]), changed([10: nil, 30: "x"])),
            (changed([:]), changed([10: "x", 16: "y"])),
            (changed([:]), changed([10: "x", 17: "y"])),
            (changed([:]), changed([10: "x", 18: "y"])),
            (source, source.replacingOccurrences(of: "eight", with: "acht")),
            (source, source.replacingOccurrences(of: "    three()\n", with: "")),
            ("é\nü\n", "é\nö\n"), ("x\n\ny\n", "x\ny\n"),
            (long.joined(separator: "\n"), long.reversed().joined(separator: "\n")),
        ])
    func asGit(_ old: String, _ new: String) async throws {
        for context in [0, 1, 3] {
            let expected = try await git(Data(old.utf8), Data(new.utf8), context: context)
            let result = try UnifiedDiff.compare(
                old: Array(old.utf8), new: Array(new.utf8), contextLines: context)
            #expect(result.text == expected)
            #expect(!result.isBinary)
            let lines = expected.utf8.split(separator: UInt8(ascii: "\n"))
            #expect(result.additions == lines.count { $0.first == UInt8(ascii: "+") })
            #expect(result.deletions == lines.count { $0.first == UInt8(ascii: "-") })
        }
    }

    @Test(
        "a side with a NUL near its start is binary and has no hunks",
        arguments: [
            ([0], [1]), ([1], [0]), ([0x61, 0, 0x62], []), ([], [0]),
            ([UInt8](repeating: 0x61, count: 7999) + [0], [0x61]),
        ] as [([UInt8], [UInt8])])
    func binary(_ old: [UInt8], _ new: [UInt8]) async throws {
        let result = try UnifiedDiff.compare(old: old, new: new)
        #expect(result.isBinary)
        #expect(result.text.isEmpty && result.additions == 0 && result.deletions == 0)
        #expect(try await git(Data(old), Data(new), context: 3) == "binary")
    }

    @Test("a NUL behind the first 8,000 bytes does not make a side binary, as with git")
    func lateNul() async throws {
        let old = [UInt8](repeating: 0x61, count: 8000) + [0, 0x0A]
        let result = try UnifiedDiff.compare(old: old, new: [0x61, 0x0A])
        #expect(!result.isBinary)
        #expect(result.text == (try await git(Data(old), Data([0x61, 0x0A]), context: 3)))
    }

    /// The hunks of `git diff --no-index`, `binary` when it says so.
    private func git(_ old: Data, _ new: Data, context: Int) async throws -> String {
        let folder = try TemporaryFolder()
        try folder.write("old", old)
        try folder.write("new", new)
        let output = try await Git(folder: folder.path).bytes(
            ["diff", "--no-index", "--no-color", "-U\(context)", "old", "new"], allowing: [0, 1])
        let text = String(decoding: output, as: UTF8.self)
        if text.contains("\nBinary files ") { return "binary" }
        guard let start = text.range(of: "@@ ") else { return "" }
        return String(text[start.lowerBound...])
    }
}
