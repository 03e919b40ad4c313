import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("What a directory holds")
struct BundleDirectoryTests {
    let place: TemporaryDirectory

    init() throws {
        place = try TemporaryDirectory()
    }

    private func read(
        _ bundle: SampleBundle, limits: ContentLimits = .standard
    ) async throws -> BundleDirectory {
        try bundle.write(to: place.appending("agents"))
        return try await read(limits: limits)
    }

    private func read(limits: ContentLimits = .standard) async throws -> BundleDirectory {
        try await BundleDirectory.read(
            place.path + "/agents", limits: limits, git: Workshop.program([:], place.url),
            memory: nil)
    }

    private func paths(_ directory: BundleDirectory) -> [String] {
        directory.files.map { String(decoding: $0.name, as: UTF8.self) }
    }

    @Test("files, bytes and digest of a directory are those of the files in it")
    func whole() async throws {
        let sample = SampleBundle().with("assets/empty", "")
        let read = try await read(sample)
        #expect(read.findings == [])
        #expect(paths(read) == sample.files.keys.sorted())
        #expect(read.fileCount == sample.files.count)
        #expect(read.byteCount == sample.files.values.reduce(0) { $0 + $1.count })
        #expect(read.digest?.description == (try await Shell.digest(of: place.appending("agents"))))
    }

    @Test("a directory without files does not exist, with Git's own left out it is empty")
    func emptyDirectories() async throws {
        let sample = SampleBundle()
        let plain = try await read(sample)
        try place.makeDirectory("agents/assets/empty/deeper")
        try place.makeDirectory("agents/workflows")
        try place.write("x", to: "agents/tools/.gitignore")
        try place.write("x", to: "agents/.DS_Store")
        let read = try await read()
        #expect(read.findings == [])
        #expect(read.digest == plain.digest)
        #expect(read.leftOut.map(\.path) == [".DS_Store", "tools/.gitignore"])
        #expect(read.leftOut.map(\.reason) == [.desktop, .git])
    }

    @Test("an empty directory, none, and a file in its place are refused")
    func nothing() async throws {
        try place.makeDirectory("agents")
        let empty = try await read()
        #expect(empty.findings.map(\.rule) == ["manifest-missing"])
        #expect(throws: SheafError.self) { try empty.requireValid() }
        await expectRefusal(.notFound) {
            try await BundleDirectory.read(place.path + "/missing")
        }
        try place.write("x", to: "file")
        await expectRefusal(.notFound) { try await BundleDirectory.read(place.path + "/file") }
    }

    @Test("symbolic links are refused by name, wherever they lead")
    func symbolicLinks() async throws {
        _ = try await read(SampleBundle())
        let manager = FileManager.default
        let links = [
            "assets/link": "logo.bin", "assets/up": "..", "assets/gone": "nowhere",
            "assets/host": "/etc/passwd", "profiles/coder2.yaml": "coder.yaml",
        ]
        for (name, target) in links {
            try manager.createSymbolicLink(
                atPath: place.path + "/agents/" + name, withDestinationPath: target)
        }
        let read = try await read()
        #expect(read.findings.map(\.rule) == Array(repeating: "symbolic-link", count: 5))
        #expect(read.findings.compactMap(\.path) == links.keys.sorted())
        #expect(SheafError(findings: read.findings, in: "x")?.code == .malformedBundle)
    }

    @Test("sockets and pipes are refused by name and never opened")
    func special() async throws {
        _ = try await read(SampleBundle())
        try await Shell.run("mkfifo agents/assets/pipe", in: place.url)
        let read = try await read()
        #expect(read.findings.map(\.rule) == ["special-file"])
        #expect(read.findings.first?.path == "assets/pipe")
    }

    @Test("a repository inside the bundle is refused, the bundle's own .git is left out")
    func nestedGit() async throws {
        let sample = SampleBundle().with("assets/vendor/a.md", "x")
        _ = try await read(sample)
        _ = try await GitOracle(repositoryAt: place.appending("agents"))
        let top = try await read()
        #expect(top.findings == [])
        #expect(top.leftOut.map(\.path) == [".git/"])
        _ = try await GitOracle(repositoryAt: place.appending("agents/assets/vendor"))
        let nested = try await read()
        #expect(nested.findings.map(\.rule) == ["submodule"])
        #expect(nested.findings.first?.path == "assets/vendor")
    }

    @Test(
        "what a file system takes for .git is refused",
        arguments: [".GIT/config", "assets/.Git", "git~1", "assets/.git\u{200C}", ".gitmodules"])
    func controlNames(name: String) async throws {
        let read = try await read(SampleBundle().with(name, "x"))
        #expect(read.findings.contains { $0.code == .malformedBundle && $0.path != nil })
    }

    @Test("an execute bit is noted and not kept")
    func executeBit() async throws {
        let plain = try await read(SampleBundle())
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: place.path + "/agents/README.md")
        let read = try await read()
        #expect(read.notes == ["README.md: the execute bit is not kept"])
        #expect(read.digest == plain.digest)
        #expect(plain.notes == [])
    }

    @Test("names are written in NFC")
    func normalisation() async throws {
        let composed = "assets/caf\u{E9}.md"
        let decomposed = "assets/cafe\u{301}.md"
        let read = try await read(SampleBundle().with(decomposed, "x"))
        #expect(read.findings == [])
        #expect(read.files.contains { $0.name == Array(composed.utf8) })
        #expect(!read.files.contains { $0.name == Array(decomposed.utf8) })
        let other = try await self.read(SampleBundle().with(composed, "x"))
        #expect(other.digest == read.digest)
    }

    @Test("two names that are one in NFC or in another case are refused")
    func collisions() async throws {
        var names = ["assets/caf\u{E9}.md", "assets/cafe\u{301}.md"]
        _ = try await read(SampleBundle())
        for name in names { try place.write("x", to: "agents/" + name) }
        #expect(try await read().findings.map(\.rule) == ["path-collision"])
        names = ["assets/Straße.md", "assets/STRASSE.md"]
        _ = try await read(SampleBundle())
        for name in names { try place.write("x", to: "agents/" + name) }
        #expect(try await read().findings.map(\.rule) == ["path-collision"])
    }

    @Test("a name that is no UTF-8 is refused and shown safely")
    func notUnicode() async throws {
        _ = try await read(SampleBundle())
        try await Shell.run(#": > agents/assets/$'\xff\n'"#, in: place.url)
        let read = try await read()
        #expect(read.findings.map(\.rule) == ["path-not-utf8"])
        #expect(read.digest == nil)
        #expect(read.findings.first?.path?.contains("\n") == false)
    }

    @Test(
        "a path that is too deep is reported however deep it is", arguments: [16, 17, 18, 19, 40])
    func depth(count: Int) async throws {
        let path = (["assets"] + (2..<count).map { "d\($0)" } + ["file.md"]).joined(separator: "/")
        let read = try await read(SampleBundle().with(path, "x"))
        if count == 16 {
            #expect(read.findings == [])
        } else {
            #expect(read.findings.map(\.rule) == ["path-too-deep"])
            #expect(read.findings.first?.code == .limitExceeded)
            #expect(read.digest == nil)
        }
    }

    @Test("a limit that is passed is reported with the file, and there is no digest")
    func limits() async throws {
        var limits = ContentLimits()
        let big = SampleBundle().with("assets/big", String(repeating: "x", count: 5000))
        limits.fileBytes = 4999
        let file = try await read(big, limits: limits)
        #expect(file.findings.map(\.rule) == ["file-too-large"])
        #expect(file.findings.first?.path == "assets/big")
        #expect(file.findings.first?.code == .limitExceeded)
        #expect(file.digest == nil)
        limits.fileBytes = 5000
        #expect(try await read(big, limits: limits).findings == [])

        limits = ContentLimits()
        limits.bundleBytes = 5000
        let bundle = try await read(big, limits: limits)
        #expect(bundle.findings.map(\.rule) == ["bundle-too-large"])
        #expect(bundle.digest == nil)

        limits = ContentLimits()
        limits.files = 5
        let files = try await read(big, limits: limits)
        #expect(files.findings.map(\.rule) == ["too-many-files"])
        #expect(files.digest == nil)
        limits.files = 1
        let most = try await read(big, limits: limits)
        #expect(most.findings.map(\.rule) == ["too-many-files"])
        limits.files = 6
        #expect(try await read(big, limits: limits).findings == [])

        limits = ContentLimits()
        limits.documentBytes = SampleBundle().files["bundle.yaml"]?.count ?? 0
        let long = SampleBundle().with(
            "profiles/long.yaml", "schema: sheaf/profile/v1\n" + String(repeating: "#", count: 500))
        let document = try await read(long, limits: limits)
        #expect(document.findings.map(\.rule) == ["document-too-large"])
        #expect(document.findings.first?.path == "profiles/long.yaml")
    }

    @Test("a file that cannot be read is named", .enabled(if: NSUserName() != "root"))
    func unreadable() async throws {
        _ = try await read(SampleBundle())
        try FileManager.default.setAttributes(
            [.posixPermissions: 0], ofItemAtPath: place.path + "/agents/README.md")
        let error = await expectRefusal(.ioError) { try await read() }
        #expect(error?.message.contains("README.md") == true)
        #expect(error?.message.contains(place.path) == false)
    }
}
