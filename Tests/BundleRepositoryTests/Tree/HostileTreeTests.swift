import BundleModel
import Foundation
import LibGit2
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Trees that nobody should publish")
struct HostileTreeTests {
    /// A workshop with one revision, and a way to put a commit with another tree behind it.
    private func workshop() async throws -> (Workshop, String) {
        let workshop = try await Workshop()
        try await workshop.publish()
        return (workshop, try await workshop.git.text("rev-parse", "HEAD^{tree}"))
    }

    /// Puts a tree in place of the contents of revision 1, as somebody with plain Git could.
    private func put(_ tree: String, _ workshop: Workshop) async throws {
        let commit = try await workshop.forge.commit(like: Workshop.revisions, .init(tree: tree))
        try await workshop.forge.setReference(Workshop.revisions, commit)
    }

    private func verify(
        _ workshop: Workshop, limits: ContentLimits = .standard
    ) async throws -> Verification {
        try await workshop.another(limits: limits).verify(
            try workshop.reference("support-agents"))
    }

    private func rules(
        _ code: SheafError.Code, _ workshop: Workshop, limits: ContentLimits = .standard,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> [String] {
        let error = await expectRefusal(code, sourceLocation: sourceLocation) {
            try await verify(workshop, limits: limits)
        }
        return error?.findings.map { "\($0.rule) \($0.path ?? "")" } ?? []
    }

    @Test(
        "every mode but a file's and a directory's is refused",
        arguments: [
            ("100755", "tree-mode"), ("100664", "tree-mode"), ("120000", "symbolic-link"),
            ("0100644", "tree-mode"), ("100600", "tree-mode"), ("644", "tree-mode"),
        ])
    func modes(mode: String, rule: String) async throws {
        let (workshop, tree) = try await workshop()
        let entries = try await workshop.forge.entries(tree).map { entry in
            entry.name == "README.md" ? (mode, entry.name, entry.id) : entry
        }
        try await put(try await workshop.forge.tree(entries), workshop)
        #expect(try await rules(.malformedBundle, workshop) == ["\(rule) README.md"])
    }

    @Test(
        "a directory's mode is 40000 and nothing else",
        arguments: ["040000", "40755", "40644", "0040000"])
    func directoryModes(mode: String) async throws {
        let (workshop, tree) = try await workshop()
        let entries = try await workshop.forge.entries(tree).map { entry in
            entry.name == "assets" ? (mode, entry.name, entry.id) : entry
        }
        try await put(try await workshop.forge.tree(entries), workshop)
        #expect(try await rules(.malformedBundle, workshop) == ["tree-mode assets"])
    }

    @Test("a submodule is refused, whether its commit is here or not")
    func submodule() async throws {
        let (workshop, tree) = try await workshop()
        for id in [String(repeating: "1", count: 40), try await workshop.git.commit("HEAD")] {
            let entries = try await workshop.forge.entries(tree) + [("160000", "vendor", id)]
            try await put(try await workshop.forge.tree(entries), workshop)
            #expect(try await rules(.malformedBundle, workshop) == ["submodule vendor"])
        }
    }

    @Test("an empty tree is refused, at the root and below")
    func emptyTree() async throws {
        let (workshop, tree) = try await workshop()
        let empty = try await workshop.forge.tree([])
        let entries = try await workshop.forge.entries(tree)
        try await put(
            try await workshop.forge.tree(entries + [("40000", "tools", empty)]), workshop)
        #expect(try await rules(.malformedBundle, workshop) == ["empty-tree tools"])
        try await put(empty, workshop)
        #expect(
            try await rules(.malformedBundle, workshop)
                == ["empty-tree .", "manifest-missing bundle.yaml"])
    }

    @Test("duplicate names are refused, of files and of a file and a directory")
    func duplicates() async throws {
        let (workshop, tree) = try await workshop()
        let entries = try await workshop.forge.entries(tree)
        let readme = try #require(entries.first { $0.name == "README.md" })
        try await put(try await workshop.forge.tree([readme] + entries), workshop)
        #expect(try await rules(.malformedBundle, workshop).contains("path-collision README.md"))
        let assets = try #require(entries.first { $0.name == "assets" })
        let both = entries.flatMap { entry in
            entry.name == "assets" ? [("100644", "assets", readme.id), assets] : [entry]
        }
        try await put(try await workshop.forge.tree(both), workshop)
        #expect(
            try await rules(.unsupportedDeclaration, workshop)
                .contains("path-collision assets/logo.bin"))
    }

    @Test("an order that is not Git's is refused")
    func order() async throws {
        let (workshop, tree) = try await workshop()
        let entries = try await workshop.forge.entries(tree)
        try await put(try await workshop.forge.tree(entries.reversed()), workshop)
        #expect(try await rules(.malformedBundle, workshop).contains("tree-order ."))
        // By plain bytes `assets` comes before `assets.md`; as a directory it comes behind.
        let readme = try #require(entries.first { $0.name == "README.md" })
        let folder = [("100644", "x", readme.id)]
        let wrong = try await workshop.forge.tree([
            ("40000", "a", try await workshop.forge.tree(folder)), ("100644", "a.md", readme.id),
        ])
        try await put(
            try await workshop.forge.tree(
                entries.map { $0.name == "assets" ? ($0.mode, $0.name, wrong) : $0 }), workshop)
        #expect(try await rules(.malformedBundle, workshop) == ["tree-order assets"])
    }

    @Test(
        "names that lead elsewhere are refused",
        arguments: [
            "..", ".", ".git", ".GIT", ".git ", "git~1", ".gitmodules", "a/b", "/etc", "assets/x",
            "../x", "a\\b", "C:x", "con", "aux.md", "x.", " x", "x\u{202E}y", "x\ny", "cafe\u{301}",
        ])
    func names(name: String) async throws {
        let (workshop, tree) = try await workshop()
        let entries = try await workshop.forge.entries(tree)
        let readme = try #require(entries.first { $0.name == "README.md" })
        // Below assets, where a good name would be in order.
        let assets = try #require(entries.first { $0.name == "assets" })
        let inner = [("100644", name, readme.id)]
        let forged = try await workshop.forge.tree(inner)
        try await put(
            try await workshop.forge.tree(
                entries.map { $0.name == "assets" ? (assets.mode, "assets", forged) : $0 }),
            workshop)
        let found = try await rules(.malformedBundle, workshop)
        #expect(!found.isEmpty)
        #expect(!found.joined().contains("\n") && !found.joined().contains("\u{202E}"))
        // As a directory as well.
        let directory = try await workshop.forge.tree([("40000", name, forged)])
        try await put(
            try await workshop.forge.tree(
                entries.map { $0.name == "assets" ? (assets.mode, "assets", directory) : $0 }),
            workshop)
        #expect(!(try await rules(.malformedBundle, workshop)).isEmpty)
    }

    @Test("a name that is no UTF-8, and one without any byte, are refused")
    func notUnicode() async throws {
        let (workshop, tree) = try await workshop()
        let entries = try await workshop.forge.entries(tree)
        let readme = try #require(entries.first { $0.name == "README.md" })
        let id = stride(from: 0, to: 40, by: 2).map { index -> UInt8 in
            let start = readme.id.index(readme.id.startIndex, offsetBy: index)
            return UInt8(readme.id[start...].prefix(2), radix: 16) ?? 0
        }
        for name in [[0xFF, 0xFE], [0xED, 0xA0, 0x80], []] as [[UInt8]] {
            let bytes = Array("100644 ".utf8) + name + [0] + id
            let assets = try await workshop.forge.object("tree", bytes)
            let forged = entries.map { $0.name == "assets" ? ($0.mode, $0.name, assets) : $0 }
            try await put(try await workshop.forge.tree(forged), workshop)
            await expectRefusal(.malformedBundle) { try await verify(workshop) }
        }
    }

    @Test("a tree object that is cut or is no tree is malformed")
    func cut() async throws {
        let (workshop, tree) = try await workshop()
        let entries = try await workshop.forge.entries(tree)
        for bytes in ["100644 a", "100644 a\u{0}short", "x", "1006448 a\u{0}"] {
            let assets = try await workshop.forge.object("tree", Array(bytes.utf8))
            let forged = entries.map { $0.name == "assets" ? ($0.mode, $0.name, assets) : $0 }
            try await put(try await workshop.forge.tree(forged), workshop)
            await expectRefusal(.malformedBundle) { try await verify(workshop) }
        }
    }

    @Test("a missing object is a corrupt store, one of another kind a malformed tree")
    func missing() async throws {
        let (workshop, tree) = try await workshop()
        let entries = try await workshop.forge.entries(tree)
        let nowhere = String(repeating: "1", count: 40)
        let blob = try #require(entries.first { $0.name == "README.md" }).id
        let commit = try await workshop.git.commit("HEAD")
        for (name, id) in [
            ("README.md", nowhere), ("README.md", tree), ("README.md", commit),
            ("assets", nowhere), ("assets", blob),
        ] {
            let forged = entries.map { $0.name == name ? ($0.mode, $0.name, id) : $0 }
            try await put(try await workshop.forge.tree(forged), workshop)
            if id == nowhere {
                await expectRefusal(.storeCorrupt) { try await verify(workshop) }
            } else {
                #expect(try await rules(.malformedBundle, workshop) == ["tree-object \(name)"])
            }
        }
    }

    @Test("a tree that unfolds without end is refused at once")
    func bomb() async throws {
        let (workshop, tree) = try await workshop()
        let entries = try await workshop.forge.entries(tree)
        let readme = try #require(entries.first { $0.name == "README.md" }).id
        let leaves = [
            try await workshop.forge.tree((10..<50).map { ("100644", "f\($0).md", readme) }),
            try await workshop.forge.tree([]),
        ]
        for leaf in leaves {
            var bomb = leaf
            for _ in 0..<12 {
                let inner = bomb
                bomb = try await workshop.forge.tree((10..<50).map { ("40000", "d\($0)", inner) })
            }
            let forged = entries.map { $0.name == "assets" ? ($0.mode, $0.name, bomb) : $0 }
            try await put(try await workshop.forge.tree(forged), workshop)
            let clock = ContinuousClock()
            let start = clock.now
            let code: SheafError.Code = leaf == leaves[0] ? .limitExceeded : .malformedBundle
            let error = await expectRefusal(code) { try await verify(workshop) }
            #expect(error?.findings.count ?? 0 <= 2000)
            #expect(clock.now - start < .seconds(20))
            let reference = try workshop.reference("support-agents")
            let commit = try await workshop.repository.resolve(reference)
            await expectRefusal(code) { try await workshop.repository.files(of: commit) }
            _ = try await workshop.repository.digest(of: commit)
        }
    }

    @Test("a tree that is too deep is refused, however it is read")
    func depth() async throws {
        let (workshop, tree) = try await workshop()
        let entries = try await workshop.forge.entries(tree)
        let readme = try #require(entries.first { $0.name == "README.md" }).id
        var levels = [try await workshop.forge.tree([("100644", "x.md", readme)])]
        for _ in 0..<200 {
            levels.append(try await workshop.forge.tree([("40000", "d", levels[levels.count - 1])]))
        }
        // Levels below assets: the deepest directory's own and its file make two more.
        for (count, isFine) in [(13, true), (14, true), (15, false), (16, false), (200, false)] {
            let forged = entries.map {
                $0.name == "assets" ? ($0.mode, $0.name, levels[count]) : $0
            }
            try await put(try await workshop.forge.tree(forged), workshop)
            let repository = try workshop.another()
            let commit = try await repository.resolve(try workshop.reference("support-agents"))
            if isFine {
                // The trailer still claims the digest of what was published.
                await expectRefusal(.digestMismatch) { try await verify(workshop) }
                _ = try await repository.digest(of: commit)
            } else {
                let error = await expectRefusal(.limitExceeded) { try await verify(workshop) }
                #expect(error?.findings.map(\.rule) == ["path-too-deep"])
                await expectRefusal(.limitExceeded) { try await repository.files(of: commit) }
                await expectRefusal(.limitExceeded) { try await repository.digest(of: commit) }
            }
            // A publish on top reads the parent's tree.
            try await workshop.git.check("update-ref", "-d", Workshop.latest)
            let next = try await workshop.publish(
                SampleBundle().prompt("\(count)\n"), channel: nil)
            #expect(next.revision.number == 2)
            try await workshop.forge.setReference(
                Workshop.revisions, try #require(next.revision.parent).hex)
        }
    }

    @Test("a file over a limit is refused by its header")
    func size() async throws {
        let workshop = try await Workshop()
        try await workshop.publish(
            SampleBundle().with("assets/big", String(repeating: "x", count: 3000)))
        var limits = ContentLimits()
        limits.fileBytes = 2999
        #expect(
            try await rules(.limitExceeded, workshop, limits: limits)
                == ["file-too-large assets/big"])
        limits = ContentLimits()
        limits.bundleBytes = 2999
        #expect(try await rules(.limitExceeded, workshop, limits: limits) == ["bundle-too-large "])
        limits = ContentLimits()
        limits.files = 5
        #expect(try await rules(.limitExceeded, workshop, limits: limits) == ["too-many-files "])
        limits = ContentLimits()
        limits.documentBytes = 100
        #expect(
            try await rules(.limitExceeded, workshop, limits: limits)
                .allSatisfy { $0.hasPrefix("document-too-large ") })
    }
}
