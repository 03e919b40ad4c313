import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

@Suite("Where the published files come from")
struct SourceTests {
    /// A checkout with a committed bundle in `agents`, and a workshop that publishes from it.
    private func checkout(
        remote: String? = "https://ada:s3cret@git.example/acme/config.git", below: String = "",
        environment: [String: String?] = [:]
    ) async throws -> (Workshop, GitOracle, String) {
        let workshop = try await Workshop(environment: environment)
        let top = workshop.directory.appending("checkout")
        let git = try await GitOracle(repositoryAt: top)
        if let remote { try await git.check("remote", "add", "origin", remote) }
        try SampleBundle().write(to: below.isEmpty ? top : top.appending(path: below))
        try await git.check("add", "-A")
        try await git.check("commit", "--quiet", "-m", "first")
        return (workshop, git, try await git.commit("HEAD"))
    }

    private func source(
        _ workshop: Workshop, _ directory: String = "checkout"
    ) async throws -> (String, SourceState?) {
        let result = try await workshop.publish(directory: workshop.directory.appending(directory))
        let provenance = result.revision.provenance
        // The source must be the same when it is read back from the repository.
        let read = try await workshop.repository.log(try Workshop.bundle)
        #expect(read.first?.provenance == provenance)
        let text = provenance.source.text
        #expect(!text.contains("s3cret"))
        #expect(!text.contains(workshop.directory.url.lastPathComponent))
        return (text, provenance.sourceState)
    }

    @Test("a plain directory is named and nothing above it")
    func directory() async throws {
        let workshop = try await Workshop()
        try SampleBundle().write(to: workshop.directory.appending("place/my agents é"))
        let found = try await source(workshop, "place/my agents é")
        #expect(found.0 == "directory:my%20agents%20%C3%A9")
        #expect(found.1 == nil)
    }

    @Test(
        "a directory is named however its path is written",
        arguments: ["agents/", "agents/.", "./agents", "agents/prompts/..", "link"])
    func spelling(path: String) async throws {
        let workshop = try await Workshop()
        try SampleBundle().write(to: workshop.agents)
        try FileManager.default.createSymbolicLink(
            at: workshop.directory.appending("link"), withDestinationURL: workshop.agents)
        let result = try await workshop.repository.publish(
            PublishRequest(directory: workshop.directory.path + "/" + path))
        let name = path == "link" ? "link" : "agents"
        #expect(result.revision.provenance.source.text == "directory:\(name)")
    }

    @Test("the top of a clean checkout")
    func top() async throws {
        let (workshop, _, commit) = try await checkout()
        let found = try await source(workshop)
        #expect(found.0 == "git+https://git.example/acme/config.git@\(commit)")
        #expect(found.1 == .clean)
    }

    @Test("a directory below the top of a checkout")
    func subdirectory() async throws {
        let (workshop, git, commit) = try await checkout(below: "agents/sup port")
        let found = try await source(workshop, "checkout/agents/sup port")
        #expect(found.0 == "git+https://git.example/acme/config.git@\(commit)#agents/sup%20port")
        #expect(found.1 == .clean)
        // What lies outside the bundle's directory does not make it modified.
        try Data("x".utf8).write(to: git.program.directory.appending(path: "other.txt"))
        try SampleBundle().prompt("Other.\n").write(
            to: git.program.directory.appending(path: "agents/sup port"))
        try await git.check("add", "agents")
        try await git.check("commit", "--quiet", "-m", "second")
        let next = try await source(workshop, "checkout/agents/sup port")
        #expect(next.1 == .clean)
    }

    enum Change: String, CaseIterable, Sendable {
        case edit, staged, untracked, deletion, rename, assumedUnchanged, ignoredWhole, lineEnds
    }

    @Test(
        "a file that is not as the commit has it makes the source modified",
        arguments: Change.allCases)
    func modified(change: Change) async throws {
        let (workshop, git, commit) = try await checkout()
        let top = git.program.directory
        let prompt = top.appending(path: "prompts/coder/system.md")
        switch change {
        case .edit: try Data("Other.\n".utf8).write(to: prompt)
        case .staged:
            try Data("Other.\n".utf8).write(to: prompt)
            try await git.check("add", "-A")
        case .untracked: try Data("x".utf8).write(to: top.appending(path: "assets/new.txt"))
        case .deletion:
            try FileManager.default.removeItem(at: top.appending(path: "README.md"))
        case .rename: try await git.check("mv", "README.md", "LICENSE")
        case .assumedUnchanged:
            try await git.check("update-index", "--assume-unchanged", "prompts/coder/system.md")
            try Data("Other.\n".utf8).write(to: prompt)
        case .ignoredWhole:
            try await git.check("rm", "--quiet", "--cached", "-r", ".")
            try await git.check("commit", "--quiet", "--allow-empty", "-m", "none")
            try Data("*\n".utf8).write(to: top.appending(path: ".git/info/exclude"))
            try await git.check("add", "--force", "bundle.yaml", "profiles", "prompts")
            try await git.check("commit", "--quiet", "-m", "some")
            try await git.check("add", "--force", "assets")
        case .lineEnds:
            try await git.check("config", "core.autocrlf", "true")
            try Data("You fix tickets.\r\nBe brief.\r\n".utf8).write(to: prompt)
            try await git.check("add", "-A")
        }
        let found = try await source(workshop)
        #expect(found.1 == .modified)
        if change != .ignoredWhole {
            #expect(found.0 == "git+https://git.example/acme/config.git@\(commit)")
        }
    }

    @Test("what is not published does not make the source modified")
    func leftOut() async throws {
        let (workshop, git, _) = try await checkout()
        let top = git.program.directory
        for (name, text) in [
            (".gitignore", "*.log\n"), (".gitattributes", "* text\n"), (".DS_Store", "x"),
            ("run.log", "x"), ("assets/.DS_Store", "x"),
        ] {
            try Data(text.utf8).write(to: top.appending(path: name))
        }
        #expect(try await source(workshop).1 == .clean)
    }

    @Test("an execute bit that the commit has is not kept and does not count")
    func executable() async throws {
        let (workshop, git, _) = try await checkout()
        try await git.check("update-index", "--chmod=+x", "README.md")
        try await git.check("commit", "--quiet", "-m", "mode")
        try await git.check("checkout", "--quiet", "--force", "HEAD")
        let result = try await workshop.publish(directory: git.program.directory)
        #expect(result.revision.provenance.sourceState == .clean)
        #expect(result.notes == ["README.md: the execute bit is not kept"])
    }

    @Test(
        "a checkout without a remote that others reach is named",
        arguments: [nil, "/srv/git/acme.git", "file:///srv/git/acme.git", "../elsewhere"])
    func local(remote: String?) async throws {
        let (workshop, _, commit) = try await checkout(remote: remote, below: "agents")
        let found = try await source(workshop, "checkout/agents")
        #expect(found.0 == "git:checkout@\(commit)#agents")
        #expect(found.1 == .clean)
    }

    @Test("origin goes before other remotes, and those go by name")
    func remotes() async throws {
        let (workshop, git, commit) = try await checkout(remote: nil)
        try await git.check("remote", "add", "zulu", "https://zulu.example/x")
        try await git.check("remote", "add", "alpha", "git@alpha.example:x")
        #expect(try await source(workshop).0 == "git+ssh://alpha.example/x@\(commit)")
        try await git.check("remote", "add", "origin", "https://origin.example/x")
        try SampleBundle().prompt("Other.\n").write(to: git.program.directory)
        #expect(try await source(workshop).0 == "git+https://origin.example/x@\(commit)")
    }

    @Test("a remote with a line break or space in its name or address is no way in")
    func oddRemotes() async throws {
        let (workshop, git, commit) = try await checkout(remote: nil)
        try await git.check(
            "config", "--local", "remote.a b.url",
            "/srv/private\nremote.origin.url https://evil.example/x")
        #expect(try await source(workshop).0 == "git:checkout@\(commit)")
    }

    @Test("before the first commit a checkout is a directory")
    func unborn() async throws {
        let workshop = try await Workshop()
        let git = try await GitOracle(repositoryAt: workshop.directory.appending("checkout"))
        try SampleBundle().write(to: git.program.directory)
        let found = try await source(workshop)
        #expect(found.0 == "directory:checkout")
        #expect(found.1 == nil)
    }

    @Test("a detached HEAD is a commit like any other")
    func detached() async throws {
        let (workshop, git, commit) = try await checkout()
        try await git.check("checkout", "--quiet", "--detach")
        #expect(
            try await source(workshop).0 == "git+https://git.example/acme/config.git@\(commit)")
    }

    @Test("a submodule's own checkout counts, not the one around it")
    func submodule() async throws {
        let (workshop, git, commit) = try await checkout()
        let outer = try await GitOracle(
            repositoryAt: workshop.directory.appending("outer"))
        try await outer.check(
            "-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
            git.program.directory.path(percentEncoded: false), "config")
        try await outer.check("commit", "--quiet", "-m", "outer")
        let inner = GitOracle(in: outer.program.directory.appending(path: "config"))
        try await inner.check("remote", "set-url", "origin", "git@git.example:acme/config.git")
        let found = try await source(workshop, "outer/config")
        #expect(found.0 == "git+ssh://git.example/acme/config.git@\(commit)")
        #expect(found.1 == .clean)
    }

    @Test("a linked worktree counts as a checkout of its repository")
    func worktree() async throws {
        let (workshop, git, commit) = try await checkout(below: "agents")
        try await git.check("worktree", "add", "--quiet", "../linked")
        let found = try await source(workshop, "linked/agents")
        #expect(found.0 == "git+https://git.example/acme/config.git@\(commit)#agents")
        #expect(found.1 == .clean)
    }

    @Test("variables that a hook of Git sets do not lead to another repository")
    func hookEnvironment() async throws {
        let other = try TemporaryDirectory()
        _ = try await GitOracle(repositoryAt: other.url)
        let path = other.path + "/.git"
        let (workshop, _, commit) = try await checkout(environment: [
            "GIT_DIR": path, "GIT_WORK_TREE": other.path, "GIT_INDEX_FILE": path + "/index",
            "GIT_PREFIX": "x/", "GIT_COMMON_DIR": path, "GIT_OBJECT_DIRECTORY": path + "/objects",
            "GIT_CONFIG": path + "/config", "GIT_NAMESPACE": "x",
        ])
        let found = try await source(workshop)
        #expect(found.0 == "git+https://git.example/acme/config.git@\(commit)")
        #expect(found.1 == .clean)
        #expect(try await workshop.fsck() == "")
    }

    @Test("a checkout that Git does not trust is said to be so, and nothing is published")
    func broken() async throws {
        let workshop = try await Workshop()
        try SampleBundle().write(to: workshop.agents)
        try workshop.directory.write("gitdir: /nowhere\n", to: "agents/.git")
        let state = try await workshop.state()
        let error = await expectRefusal(.ioError) {
            try await workshop.publish(directory: workshop.agents)
        }
        #expect(error?.hint != nil)
        #expect(try await workshop.state() == state)
    }

    @Test("git that takes too long is stopped")
    func deadline() async throws {
        let workshop = try await Workshop()
        try SampleBundle().write(to: workshop.agents)
        let program = try workshop.directory.write("#!/bin/sh\nexec sleep 60\n", to: "bin/git")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: program.path(percentEncoded: false))
        let git = GitProgram(
            deadline: .milliseconds(50),
            environment: ["PATH": workshop.directory.path + "/bin:/usr/bin:/bin"])
        let repository = try Workshop.open(workshop.repository.path, .standard, git)
        let path = workshop.agents.path(percentEncoded: false)
        await expectRefusal(.deadlineExceeded) {
            try await repository.publish(PublishRequest(directory: path))
        }
    }
}
