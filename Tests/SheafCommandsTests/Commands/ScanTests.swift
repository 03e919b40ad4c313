import Foundation
import TestSupport
import Testing

@Suite("sheaf scan")
struct ScanTests {
    /// A token of a known shape, put together so that it stands nowhere in clear.
    private static let token = "gh" + "p_" + "1cmBcpxoAJWccZIPU8Wmut6WcHon0zVA3mIO"

    @Test("clean files are counted, and the exit status is 0")
    func clean() async throws {
        let desk = try Desk()
        let output = try await desk.check("scan", "agents")
        #expect(output.text == "clean: 3 files, 217 bytes\n")
        let json = try await desk.json("scan", "agents", "agents/bundle.yaml")
        #expect(json["clean"]?.bool == true)
        #expect(json["files"]?.number == 4)
    }

    @Test("every finding of every file is listed with place, rule and what to do, and nothing more")
    func refused() async throws {
        let desk = try Desk(bundle: false)
        try desk.home.write("one\nkey \(Self.token)\n", to: "a/notes.md")
        try desk.home.write("password: hunter2\ncache: ~/.cache/x\n", to: "a/b/.hidden.yaml")
        let output = try await desk.sheaf.run(["scan", "a"])
        #expect(output.status == 1)
        let lines = output.text.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("a/notes.md:2:5: forbidden_content ") })
        #expect(lines.contains { $0.hasPrefix("a/b/.hidden.yaml:1:") })
        #expect(lines.contains { $0.hasPrefix("a/b/.hidden.yaml:2:") })
        #expect(lines.contains { $0.hasPrefix("  hint: ") })
        #expect(lines.last?.hasPrefix("refused: 3 findings in 2 files") == true)
        #expect(!output.text.contains(Self.token.prefix(5)) && !output.text.contains("hunter2"))
        #expect(output.errorText.isEmpty)
    }

    @Test("standard input is scanned under the name that is given to it")
    func input() async throws {
        let desk = try Desk(bundle: false)
        let bytes = Array("password: hunter2\n".utf8)
        let named = try await desk.sheaf.run(["scan", "-", "--name", "x.yaml"], input: bytes)
        #expect(named.status == 1)
        #expect(named.text.hasPrefix("x.yaml:1:"))
    }

    @Test("links, pipes and Git's own files are named as not scanned")
    func skipped() async throws {
        let desk = try Desk()
        let manager = FileManager.default
        try manager.createSymbolicLink(
            atPath: desk.home.appending("agents/link.md").path,
            withDestinationPath: "bundle.yaml")
        try desk.home.write("x", to: "agents/.git/config")
        let json = try await desk.json("scan", "agents")
        #expect(json["files"]?.number == 3)
        let skipped = json["notScanned"]
        #expect(skipped?.count == 2)
        #expect(skipped?[0]?["path"]?.text == "agents/.git")
        #expect(skipped?[1]?["path"]?.text == "agents/link.md")
    }

    @Test("names and targets of links and names of empty directories are scanned, none is shown")
    func namesOnly() async throws {
        let desk = try Desk()
        let manager = FileManager.default
        for (name, target) in [(Self.token, "bundle.yaml"), ("target", "x/\(Self.token)")] {
            try manager.createSymbolicLink(
                atPath: desk.home.appending("agents/\(name)").path, withDestinationPath: target)
        }
        try manager.createDirectory(
            at: desk.home.appending("agents/x/\(Self.token)"), withIntermediateDirectories: true)
        let output = try await desk.sheaf.run(["scan", "agents"])
        #expect(output.status == 1)
        let found = output.text.split(separator: "\n").filter { $0.contains("forbidden_content") }
        #expect(found.count == 3)
        #expect(!output.text.contains(Self.token.prefix(5)))
        let json = try await desk.sheaf.run(["scan", "agents", "--format", "json"])
        #expect(!json.text.contains(Self.token.prefix(5)))
    }

    @Test("findings stand in the order of paths")
    func order() async throws {
        let desk = try Desk(bundle: false)
        for path in ["a/z.md", "a/b/c.md", "a/B.md"] { try desk.home.write(Self.token, to: path) }
        let output = try await desk.sheaf.run(["scan", "a"])
        let found = output.text.split(separator: "\n").filter { $0.contains("forbidden_content") }
        let paths = found.compactMap { $0.split(separator: ":").first }
        #expect(paths == ["a/B.md", "a/b/c.md", "a/z.md"])
    }

    @Test("a path that is not there is not_found")
    func missing() async throws {
        let desk = try Desk(bundle: false)
        let output = try await desk.sheaf.run(["scan", "nowhere"])
        #expect(output.status == 1)
        #expect(output.errorText.contains("(not_found)"))
    }
}
