import BundleModel
import Foundation
import TestSupport
import Testing
import WorkerRuntime

@Suite("The file of the host policy")
struct HostPolicyFileTests {
    private let directory: TemporaryDirectory
    private let workspace: WorkspaceID

    init() throws {
        directory = try TemporaryDirectory()
        workspace = try WorkspaceID("acme")
    }

    private var path: String { directory.path + "/config/policy.yaml" }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("a missing policy is host_policy_invalid, with the way to make one")
    func missing() throws {
        let error = try #require(throws: SheafError.self) { try HostPolicyFile.read(at: path) }
        #expect(error.code == .hostPolicyInvalid)
        #expect(error.hint?.contains("sheaf init") == true)
    }

    @Test(
        "a policy that others can write to is refused",
        arguments: [0o620, 0o602, 0o666, 0o660, 0o777, 0o022])
    func writable(_ mode: Int) throws {
        let draft = try PolicyDraft("schema: sheaf/host-policy/v1\n", mode: mode)
        let error = try #require(throws: SheafError.self) { try draft.read() }
        #expect(error.code == .hostPolicyInvalid)
        #expect(error.hint?.hasPrefix("chmod go-w") == true)
    }

    @Test("a policy that others can only read is taken", arguments: [0o600, 0o644, 0o444, 0o755])
    func readable(_ mode: Int) throws {
        _ = try PolicyDraft("schema: sheaf/host-policy/v1\n", mode: mode).read()
    }

    @Test("a policy over 1 MiB is host_policy_invalid")
    func large() throws {
        let text = "schema: sheaf/host-policy/v1\n" + String(repeating: "# more\n", count: 160_000)
        let error = try #require(throws: SheafError.self) { try PolicyDraft(text).read() }
        #expect(error.code == .hostPolicyInvalid)
    }

    @Test("a directory or a pipe in the place of the policy is an error, and nothing waits for it")
    func irregular() async throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
        #expect(throws: SheafError.self) { try HostPolicyFile.read(at: path) }
        let pipe = directory.path + "/pipe"
        let made = try await Program(
            "mkfifo", environment: TestEnvironment.base, directory: directory.url
        ).run([pipe])
        try #require(made.succeeded)
        #expect(throws: SheafError.self) { try HostPolicyFile.read(at: pipe) }
    }

    @Test("bytes that are not UTF-8 are host_policy_invalid with their line")
    func encoding() throws {
        let draft = try PolicyDraft(Array("schema: sheaf/host-policy/v1\n# ".utf8) + [0xFF, 0x0A])
        let error = try #require(throws: SheafError.self) { try draft.read() }
        #expect(error.code == .hostPolicyInvalid)
        #expect(error.findings.map(\.line) == [2])
    }

    // MARK: The default policy

    @Test("the default policy serves the workspace, allows builtin profiles and grants nothing")
    func written() throws {
        #expect(
            try HostPolicyFile.writeDefault(
                at: path, workspace: workspace, repository: "/srv/sheaf/acme.git"))
        #expect(try mode(path) == 0o600)
        let policy = try HostPolicyFile.read(at: path)
        #expect(policy.allowsBuiltin)
        #expect(Array(policy.workspaces.keys) == [workspace])
        let rule = try policy.rule(for: workspace)
        #expect(rule.repository.text == "/srv/sheaf/acme.git")
        #expect(rule.bundles == .all)
        #expect(!rule.bundleRequired)
        #expect(rule.credential == nil)
        #expect(rule.freshness == nil)
        #expect(policy.grants.isEmpty)
        #expect(policy.plugins.isEmpty)
        #expect(policy.engines.isEmpty)
        // Nothing is left beside it.
        let names = try FileManager.default.contentsOfDirectory(
            atPath: directory.path + "/config")
        #expect(names == ["policy.yaml"])
    }

    @Test("the default policy is the one among the examples")
    func example() throws {
        try HostPolicyFile.writeDefault(
            at: path, workspace: workspace, repository: "/srv/sheaf/acme.git")
        let written = try Data(contentsOf: URL(filePath: path))
        #expect(try Array(written) == Fixtures.bytes("policies/default.yaml"))
    }

    @Test("a policy that is there is never overwritten, whatever it is")
    func kept() throws {
        try directory.write("mine", to: "config/policy.yaml")
        #expect(
            try !HostPolicyFile.writeDefault(
                at: path, workspace: workspace, repository: "/srv/acme.git"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        let link = directory.path + "/config/link.yaml"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: "nothing.yaml")
        #expect(
            try !HostPolicyFile.writeDefault(
                at: link, workspace: workspace, repository: "/srv/acme.git"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: directory.path + "/config").sorted()
                == ["link.yaml", "policy.yaml"])
    }

    @Test(
        "a repository of any name reads back as itself",
        arguments: [
            "/srv/with space/acme.git", "/srv/\"quoted\"/acme.git", "/srv/back\\slash/acme.git",
            "/srv/#1/acme.git", "/srv/日本語/acme.git", "/srv/a: b/{c}/acme.git", "/srv/%s/$HOME",
            "https://git.example/acme.git", "ssh://git@git.example/acme.git",
        ])
    func repositories(_ repository: String) throws {
        try HostPolicyFile.writeDefault(at: path, workspace: workspace, repository: repository)
        let policy = try HostPolicyFile.read(at: path)
        #expect(try policy.rule(for: workspace).repository.text == repository)
    }

    @Test(
        "a repository that no policy can name is invalid_request, and nothing is written",
        arguments: [
            "acme.git", "../acme.git", "", "/srv/two\nlines", "/srv/tab\tacme.git", "/srv/\u{7F}",
            "https://name:password@git.example/acme.git", "/srv/\u{202E}acme",
        ])
    func impossible(_ repository: String) throws {
        let error = try #require(throws: SheafError.self) {
            try HostPolicyFile.writeDefault(
                at: path, workspace: workspace, repository: repository)
        }
        #expect(error.code == .invalidRequest)
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/config"))
    }
}
