import BundleModel
import Testing

@Suite("the header of a Git bundle file")
struct GitBundleHeaderTests {
    private static let signature = "# v2 git bundle\n"
    private static let one = "0123456789abcdef0123456789abcdef01234567"
    private static let other = "89abcdef0123456789abcdef0123456789abcdef"
    private static let line = "\(one) refs/heads/channels/agents/stable\n"

    @Test("prerequisites and references are read, and where the pack begins")
    func golden() throws {
        let text =
            Self.signature + "-\(Self.one) Publish\n-\(Self.other)\n-\(Self.other) \n"
            + Self.line + "\(Self.other) HEAD\n\n"
        let header = try GitBundleHeader(Array((text + "PACK\n\n…").utf8))
        #expect(header.prerequisites.map(\.commit.hex) == [Self.one, Self.other, Self.other])
        #expect(header.prerequisites.map(\.comment) == [Array("Publish".utf8), nil, []])
        #expect(header.references.map(\.commit.hex) == [Self.one, Self.other])
        #expect(
            header.references.map(\.name) == ["refs/heads/channels/agents/stable", "HEAD"])
        #expect(header.byteCount == text.utf8.count)
        #expect(header.encode() == Array(text.utf8))
    }

    @Test("a comment may be anything but a line of its own")
    func comment() throws {
        let comment: [UInt8] = [0x20, 0xFF, 0xE9, 0x0D, 0x09, 0x1B, 0x2D]
        let bytes =
            Array("\(Self.signature)-\(Self.one) ".utf8) + comment + Array("\n\n".utf8)
        let header = try GitBundleHeader(bytes)
        #expect(header.prerequisites.map(\.comment) == [comment])
        #expect(header.encode() == bytes)
    }

    @Test(
        "what is no header is refused with its line and byte",
        arguments: [
            ("", .unfinished, 1, 0), ("# v", .unfinished, 1, 0),
            ("# v2 git bund", .unfinished, 1, 0),
            ("# v2 git bundle", .unfinished, 1, 0), ("# v13 git b", .unfinished, 1, 0),
            ("#!/bin/sh", .notABundleFile, 1, 0), ("#!/bin/sh\n", .notABundleFile, 1, 0),
            ("# vision\n\(line)\n", .notABundleFile, 1, 0),
            ("# v2 git bundle\r\n\(line)\n", .notABundleFile, 1, 0),
            ("# v2 git bundle \n\(line)\n", .notABundleFile, 1, 0),
            ("# v git bundle\n\(line)\n", .notABundleFile, 1, 0),
            ("\u{FEFF}# v2 git bundle\n\(line)\n", .notABundleFile, 1, 0),
            ("# v3 git bundle\n@object-format=sha1\n\(line)\n", .otherVersion, 1, 0),
            ("# v1 git bundle\n\(line)\n", .otherVersion, 1, 0),
            ("# v22 git bundle\n\(line)\n", .otherVersion, 1, 0),
            ("# v02 git bundle\n\(line)\n", .otherVersion, 1, 0),
            (signature, .unfinished, 2, 16), (signature + "-\(one)", .unfinished, 2, 16),
            (signature + line, .unfinished, 3, 91),
            (signature + "@object-format=sha1\n\n", .capability, 2, 16),
            (signature + line + "@filter=blob:none\n\n", .capability, 3, 91),
            (signature + "PACK\n\n", .malformedID, 2, 16),
            (signature + "\(one)\n\n", .malformedID, 2, 16),
            (signature + "\(one)\tHEAD\n\n", .malformedID, 2, 16),
            (signature + "\(one)0 HEAD\n\n", .malformedID, 2, 16),
            (signature + " \(one) HEAD\n\n", .malformedID, 2, 16),
            (signature + "--\(one)\n\n", .malformedID, 2, 16),
            (signature + "-\(one)x\n\n", .malformedID, 2, 16),
            (signature + "-\(one.dropLast())\n\n", .malformedID, 2, 16),
            (signature + "\(one.uppercased()) HEAD\n\n", .malformedID, 2, 16),
            (signature + "\(one) \n\n", .malformedName, 2, 16),
            (signature + "\(one)  HEAD\n\n", .malformedName, 2, 16),
            (signature + "\(one) HEAD \n\n", .malformedName, 2, 16),
            (signature + "\(one) HEAD\r\n\r\n", .malformedName, 2, 16),
            (signature + "\(one) refs/heads/a b\n\n", .malformedName, 2, 16),
            (signature + "\(one) refs/heads/\u{1B}[2J\n\n", .malformedName, 2, 16),
            (signature + "\(one) refs/heads/a\u{7F}\n\n", .malformedName, 2, 16),
            (signature + line + "-\(one) x\0y\n\n", .nulByte, 3, 91),
            (signature + "\(one) HEAD\0\n\n", .nulByte, 2, 16),
            (signature + line + line + "\n", .repeatedReference, 3, 91),
            (
                signature + "\(one) refs/heads/\u{E9}\n\(other) refs/heads/e\u{301}\n\n",
                .repeatedReference, 3, 71
            ),
            (signature + line + "-\(one)\n\n", .prerequisiteBehindReference, 3, 91),
        ] as [(String, GitBundleHeaderError.Problem, Int, Int)])
    func refused(
        text: String, problem: GitBundleHeaderError.Problem, line: Int, offset: Int
    ) throws {
        let error = try #require(throws: GitBundleHeaderError.self) {
            try GitBundleHeader(Array(text.utf8))
        }
        #expect(error.problem == problem)
        #expect(error.line == line)
        #expect(error.offset == offset)
        #expect(error.isUnfinished == (problem == .unfinished))
        #expect(error.description.hasSuffix("(line \(line), byte \(offset))"))
        #expect(error.asError(in: "a.bundle").code == .malformedBundle)
    }

    @Test("a name that is not UTF-8 is refused")
    func latin() throws {
        let text = Array("\(Self.signature)\(Self.one) refs/heads/".utf8)
        let error = try #require(throws: GitBundleHeaderError.self) {
            try GitBundleHeader(text + [0xE9] + Array("\n\n".utf8))
        }
        #expect(error.problem == .malformedName)
    }

    @Test("every beginning of a header is unfinished, and what follows it changes nothing")
    func beginnings() throws {
        let text = Array("\(Self.signature)-\(Self.one) Publish\n\(Self.line)\n".utf8)
        for count in 0..<text.count {
            let error = try #require(throws: GitBundleHeaderError.self) {
                try GitBundleHeader(Array(text.prefix(count)))
            }
            #expect(error.isUnfinished)
        }
        #expect(try GitBundleHeader(text) == GitBundleHeader(text + Array("PACK".utf8)))
    }

    @Test("a header is read up to its limits and refused beyond them")
    func limits() throws {
        func problem(_ text: String) -> GitBundleHeaderError.Problem? {
            do throws(GitBundleHeaderError) {
                let header = try GitBundleHeader(Array(text.utf8))
                #expect(header.encode() == Array(text.utf8))
                return nil
            } catch {
                #expect(
                    error.isUnfinished || error.asError(in: "a.bundle").code == .limitExceeded)
                return error.problem
            }
        }
        func comment(_ count: Int) -> String {
            "-\(Self.one) " + String(repeating: "x", count: count - 42)
        }
        let lines = GitBundleHeader.maximumLines
        let prerequisites = String(repeating: "-\(Self.one)\n", count: lines)
        #expect(problem(Self.signature + prerequisites + "\n") == nil)
        #expect(problem(Self.signature + prerequisites + Self.line + "\n") == .tooManyLines)

        let length = GitBundleHeader.maximumLineBytes
        #expect(problem(Self.signature + comment(length) + "\n\n") == nil)
        #expect(problem(Self.signature + comment(length)) == .unfinished)
        #expect(problem(Self.signature + comment(length + 1) + "\n\n") == .lineTooLong)
        #expect(problem(Self.signature + comment(length + 1)) == .lineTooLong)

        var text = Self.signature
        while GitBundleHeader.maximumBytes - text.utf8.count > length {
            text += comment(length) + "\n"
        }
        let rest = GitBundleHeader.maximumBytes - text.utf8.count - 2
        #expect(problem(text + comment(rest)) == .unfinished)
        #expect(problem(text + comment(rest) + "\n\n") == nil)
        #expect(problem(text + comment(rest + 1) + "\n") == .tooLarge)
        #expect(problem(text + comment(rest + 1) + "\n\n") == .tooLarge)
        #expect(problem(text + comment(rest + 2)) == .tooLarge)
    }

    @Test("a header of parts is one that can be read again")
    func parts() throws {
        let commit = try #require(CommitID(Self.one))
        typealias Prerequisite = GitBundleHeader.Prerequisite
        typealias Reference = GitBundleHeader.Reference
        let longest = [UInt8](repeating: 0x78, count: GitBundleHeader.maximumLineBytes - 42)
        #expect(Prerequisite(commit: commit, comment: longest) != nil)
        #expect(Prerequisite(commit: commit, comment: longest + [0x78]) == nil)
        #expect(Prerequisite(commit: commit, comment: [0x0A]) == nil)
        #expect(Prerequisite(commit: commit, comment: [0]) == nil)
        for name in ["", " ", "a b", "a\n", "a\0", "a\u{7F}"] {
            #expect(Reference(commit: commit, name: name) == nil)
        }
        let reference = try #require(Reference(commit: commit, name: "HEAD"))
        #expect(GitBundleHeader(prerequisites: [], references: [reference, reference]) == nil)
        let prerequisite = try #require(Prerequisite(commit: commit, comment: longest))
        let many = { Array(repeating: prerequisite, count: $0) }
        #expect(GitBundleHeader(prerequisites: many(16), references: []) == nil)
        let short = try #require(Prerequisite(commit: commit))
        let lines = GitBundleHeader.maximumLines
        let full = Array(repeating: short, count: lines)
        #expect(GitBundleHeader(prerequisites: full, references: [reference]) == nil)
        let header = try #require(
            GitBundleHeader(prerequisites: many(15), references: [reference]))
        #expect(try GitBundleHeader(header.encode()) == header)
        #expect(header.encode().count == header.byteCount)
    }

    @Test("an error repeats nothing of the file and has a rule of its own")
    func errors() throws {
        let rules = GitBundleHeaderError.Problem.allCases.map(\.rawValue)
        #expect(Set(rules).count == rules.count)
        let error = try #require(throws: GitBundleHeaderError.self) {
            try GitBundleHeader(Array("\(Self.signature)\(Self.one) HEAD hunter2\n\n".utf8))
        }
        let shown = error.asError(in: "a\u{1B}.bundle")
        #expect(!shown.message.contains("hunter") && !shown.message.contains("\u{1B}"))
        #expect(
            shown.details == ["rule": "bundle-file-name", "line": "2", "offset": "16"])
    }
}
