import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("What Git's ignore rules exclude")
struct IgnoreRulesTests {
    let place: TemporaryDirectory

    init() throws {
        place = try TemporaryDirectory()
    }

    private func read(
        _ path: String, limits: ContentLimits = .standard, _ environment: [String: String?] = [:]
    ) async throws -> BundleDirectory {
        try await BundleDirectory.read(
            place.path + "/" + path, limits: limits,
            git: Workshop.program(environment, place.url), memory: nil)
    }

    /// The paths of what is part of the bundle.
    private func paths(_ directory: BundleDirectory) -> [String] {
        directory.files.map { String(decoding: $0.name, as: UTF8.self) }
    }

    private func leftOut(_ directory: BundleDirectory) -> [String] {
        directory.leftOut.map { "\($0.reason.rawValue) \($0.path)" }
    }

    private static let extra = [
        "assets/run.log": "x", "assets/keep.log": "x", "assets/tmp/a.md": "x",
        "assets/tmp/deep/b.md": "x", "assets/mixed/a.log": "x", "assets/mixed/b.md": "x",
        "assets/only/a.log": "x", "prompts/coder/draft.md": "x",
    ]

    private func write(_ path: String, _ ignore: [String: String]) throws {
        var bundle = SampleBundle()
        for (name, text) in Self.extra.merging(ignore, uniquingKeysWith: { $1 }) {
            bundle = bundle.with(name, text)
        }
        try bundle.write(to: place.appending(path))
        // Writing keeps what Git has there, so the rules are written once more.
        for (name, text) in ignore { try place.write(text, to: "\(path)/\(name)") }
    }

    private static let rules = [
        ".gitignore": "*.log\n!keep.log\n/assets/tmp/\n", "prompts/.gitignore": "draft.md\n",
    ]
    private static let kept = [
        "README.md", "assets/keep.log", "assets/logo.bin", "assets/mixed/b.md", "bundle.yaml",
        "profiles/coder.yaml", "prompts/coder/system.md",
    ]

    @Test("outside a checkout the directory's own rules hold, in every folder")
    func outside() async throws {
        try write("agents", Self.rules)
        let read = try await read("agents")
        #expect(read.findings == [])
        #expect(paths(read) == Self.kept)
        #expect(
            Set(leftOut(read)) == [
                "git .gitignore", "git prompts/.gitignore", "ignored assets/mixed/a.log",
                "ignored assets/only/", "ignored assets/run.log", "ignored assets/tmp/",
                "ignored prompts/coder/draft.md",
            ])
    }

    @Test("outside a checkout the user's own rules do not hold, nor does a program run without any")
    func usersRules() async throws {
        try place.write("*.md\n", to: "excludes")
        let file = try place.write(
            "[core]\n\texcludesFile = \(place.path)/excludes\n", to: "gitconfig")
        let environment = ["GIT_CONFIG_GLOBAL": file.path(percentEncoded: false)]
        try write("agents", [".gitignore": "*.log\n"])
        #expect(paths(try await read("agents", environment)).contains("README.md"))
        try write("plain", [:])
        let plain = try await read("plain", ["PATH": "/nowhere"])
        #expect(paths(plain).count == SampleBundle().files.count + Self.extra.count)
        #expect(plain.leftOut == [])
    }

    @Test("the same directory gives the same bundle inside a checkout and outside")
    func same() async throws {
        try write("plain", Self.rules)
        try write("checkout/agents", Self.rules)
        _ = try await GitOracle(repositoryAt: place.appending("checkout"))
        let plain = try await read("plain")
        let checkedOut = try await read("checkout/agents")
        #expect(paths(checkedOut) == paths(plain))
        #expect(checkedOut.digest == plain.digest)
        #expect(Set(leftOut(checkedOut)) == Set(leftOut(plain)))
    }

    @Test("inside a checkout the rules above the directory and those of the user hold as well")
    func inside() async throws {
        try write("checkout/agents", [:])
        let git = try await GitOracle(repositoryAt: place.appending("checkout"))
        try place.write("*.log\n", to: "checkout/.gitignore")
        try place.write("draft.md\n", to: "checkout/.git/info/exclude")
        try place.write("tmp/\n", to: "excludes")
        try await git.check("config", "core.excludesFile", place.path + "/excludes")
        let read = try await read("checkout/agents")
        #expect(paths(read) == Self.kept.filter { $0 != "assets/keep.log" })
    }

    @Test("what is tracked is never ignored")
    func tracked() async throws {
        try write("checkout", Self.rules)
        let git = try await GitOracle(repositoryAt: place.appending("checkout"))
        try await git.check("add", "--force", "assets/run.log", "assets/tmp/deep/b.md")
        let read = try await read("checkout")
        #expect(
            paths(read) == (Self.kept + ["assets/run.log", "assets/tmp/deep/b.md"]).sorted())
        #expect(leftOut(read).contains("ignored assets/tmp/a.md"))
    }

    @Test("a file that is refused does not count where it is ignored")
    func refusedAndIgnored() async throws {
        try write("agents", [".gitignore": "node_modules/\n*.sock\nlink\n"])
        try place.write("x", to: "agents/node_modules/a/b/.git/config")
        try place.write("x", to: "agents/node_modules/a\\b")
        try FileManager.default.createSymbolicLink(
            atPath: place.path + "/agents/link", withDestinationPath: "README.md")
        let read = try await read("agents")
        #expect(read.findings == [])
        #expect(leftOut(read).contains("ignored node_modules/"))
        #expect(leftOut(read).contains("ignored link"))
    }

    @Test("what is ignored neither counts towards the limits nor has to be read")
    func ignoredMass() async throws {
        try write("agents", [".gitignore": "cache/\n"])
        for number in 0..<40 { try place.write("x", to: "agents/cache/\(number)") }
        let deep = (0..<30).map { "d\($0)" }.joined(separator: "/")
        try place.write("x", to: "agents/cache/\(deep)/x")
        let limit = (1..<17).map { "l\($0)" }.joined(separator: "/")
        try place.write("x", to: "agents/assets/\(limit)/x")
        try place.write("l16/\n", to: "agents/assets/.gitignore")
        let closed = try place.makeDirectory("agents/cache/closed")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0], ofItemAtPath: closed.path(percentEncoded: false))
        var limits = ContentLimits()
        limits.files = 20
        let read = try await read("agents", limits: limits)
        #expect(read.findings == [])
        #expect(leftOut(read).contains("ignored cache/"))
    }

    @Test("names that Git would quote are ignored like others")
    func oddNames() async throws {
        try write("agents", [".gitignore": "*.tmp\n"])
        for name in ["ä ö.tmp", "tab\t.tmp", "new\nline.tmp", "quote\".tmp", "back\\slash.tmp"] {
            try place.write("x", to: "agents/assets/\(name)")
        }
        let read = try await read("agents")
        #expect(read.findings == [])
        #expect(leftOut(read).count { $0.hasPrefix("ignored") } == 5)
    }

    @Test("a directory that the checkout around it ignores is read with its own rules")
    func ignoredWhole() async throws {
        try write("checkout/build/agents", Self.rules)
        _ = try await GitOracle(repositoryAt: place.appending("checkout"))
        try place.write("build/\n", to: "checkout/.gitignore")
        #expect(paths(try await read("checkout/build/agents")) == Self.kept)
        try place.write("agents\n", to: "checkout/.gitignore")
        #expect(paths(try await read("checkout/build/agents")) == Self.kept)
        try write("checkout/build/agents", [:])
        try FileManager.default.removeItem(at: place.appending("checkout/build/agents/.gitignore"))
        let whole = try await read("checkout/build/agents")
        #expect(whole.fileCount == SampleBundle().files.count + Self.extra.count)
    }

    @Test("the rules of a directory given by a relative path or a link hold")
    func spelling() async throws {
        try write("agents", Self.rules)
        try FileManager.default.createSymbolicLink(
            at: place.appending("link"), withDestinationURL: place.appending("agents"))
        for path in ["agents/", "./agents/.", "agents/prompts/..", "link"] {
            #expect(paths(try await read(path)) == Self.kept)
        }
        try write("deep/er/agents", Self.rules)
        let up = FileManager.default.currentDirectoryPath.split(separator: "/").map { _ in "../" }
        let relative = up.joined() + place.path.dropFirst() + "/deep/er/agents"
        let read = try await BundleDirectory.read(
            relative, limits: .standard, git: Workshop.program([:], place.url), memory: nil)
        #expect(paths(read) == Self.kept)
    }
}
