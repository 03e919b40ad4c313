import BundleModel
import BundleRepository
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing
import WorkerRuntime

@Suite("A sync from a repository at another host")
struct RemoteSyncTests {
    @Test("over HTTP, an increment, and nothing new, share one connection")
    func web() async throws {
        let remote = try await RemoteSetup()
        let server = try await GitWebServer(root: remote.root)
        try remote.policy(server.url("acme.git"))
        let runtime = try remote.setup.runtime()
        let first = try await remote.sync(runtime)
        #expect(first.outcome == .accepted && first.pin.commit == remote.release)
        try await remote.setup.publish(.plain.saying("The second."))
        let second = try await remote.sync(runtime)
        #expect(second.outcome == .updated && second.objects < first.objects)
        #expect(try await remote.sync(runtime).outcome == .unchanged)
        #expect(Set(server.requests.compactMap { $0.split(separator: " ").last }).count == 1)
    }

    @Test("whoever watches it is told at last what came, as the result says")
    func observed() async throws {
        let remote = try await RemoteSetup()
        let server = try await GitWebServer(root: remote.root)
        try remote.policy(server.url("acme.git"))
        let told = Mutex<[[Int]]>([])
        let result = try await remote.setup.runtime().sync(
            remote.bundle, on: .latest,
            observer: { objects, bytes in told.withLock { $0.append([objects, bytes]) } })
        #expect(told.withLock { $0.last } == [result.objects, result.bytes])
        #expect(result.objects > 0)
    }

    @Test("from git daemon, a file URL, and over SSH")
    func others() async throws {
        let remote = try await RemoteSetup()
        let daemon = try await GitDaemon(root: remote.root)
        let shell = try await SecureShellServer(.rsa)
        let key = shell.clientKey.path(percentEncoded: false)
        let hosts = shell.knownHosts.path(percentEncoded: false)
        let place = remote.setup.repositoryPath
        for (repository, options) in [
            (daemon.url("acme.git"), ""), ("file://\(place)", ""), (place, ""),
            (
                shell.url(place),
                "credential: { file: \"\(key)\" }\n    knownHosts: \"\(hosts)\""
            ),
        ] {
            try remote.policy(repository, options)
            #expect(try await remote.sync().pin.commit == remote.release, "\(repository)")
            try FileManager.default.removeItem(atPath: remote.setup.store)
        }
    }

    @Test("over TLS with a credential from a file, which shows up nowhere")
    func credential() async throws {
        let remote = try await RemoteSetup()
        let secret = "s3cret-" + UUID().uuidString
        let authority = try await CertificateAuthority(in: remote.root)
        var options = GitWebServer.Options()
        options.identity = try await authority.identity("server", names: "IP:127.0.0.1")
        options.credential = ("sheaf", secret)
        let server = try await GitWebServer(root: remote.root, options)
        let file = try remote.secret(secret + "\n")
        let trust = "tls: { ca: \"\(authority.certificate.path(percentEncoded: false))\" }"
        let book = LogBook()
        try remote.policy(
            server.url("acme.git"), "credential: { file: \"\(file)\" }\n    \(trust)")
        let runtime = try remote.setup.runtime(logger: book.logger)
        #expect(try await remote.sync(runtime).outcome == .accepted)
        #expect(try remote.files(with: secret) == [])
        #expect(try remote.files(with: "127.0.0.1") == [])
        // What is wrong with it is said without it.
        let wrong = "wr0ng-" + UUID().uuidString
        _ = try remote.secret(wrong)
        let error = await failing(.remoteUnauthorized) { try await remote.sync(runtime) }
        #expect(error.map { "\($0) \($0.details) \($0.hint ?? "")" }?.contains(wrong) == false)
        #expect(try remote.files(with: wrong) == [])
        let log = book.lines.joined()
        #expect(!log.contains(wrong) && !log.contains(secret) && !log.isEmpty)
        let release = try #require(try await runtime.acceptedReleases().first)
        #expect(release.failure == .remoteUnauthorized && release.pin.commit == remote.release)
    }

    @Test(
        "a credential that is not in order is not sent",
        arguments: [
            ("one\n", 0o640), ("one\n", 0o604), ("two\nlines\n", 0o600), ("", 0o600),
            ("with\u{7}bell", 0o600),
        ])
    func badCredential(_ text: String, _ mode: Int) async throws {
        let remote = try await RemoteSetup()
        let server = try ScriptedServer { connection in _ = connection.readRequest() }
        let file = try remote.secret(text, mode: mode)
        try remote.policy(
            "http://127.0.0.1:\(server.port)/acme.git", "credential: { file: \"\(file)\" }")
        let error = await failing(.hostPolicyInvalid) { try await remote.sync() }
        #expect(error?.message.contains(file) == false)
        try FileManager.default.removeItem(atPath: file)
        await failing(.hostPolicyInvalid) { try await remote.sync() }
    }

    @Test("a credential comes from what Git's helper says for the repository")
    func helper() async throws {
        let location = try RepositoryLocation("https://git.example:8443/acme/{bundle}.git")
        let folder = try TemporaryDirectory()
        try folder.write(
            """
            [credential]
                helper = "!f() { cat >asked; echo username=me; echo password=key-of-$1; }; f"
            """, to: ".gitconfig")
        var environment = TestEnvironment.base
        environment["HOME"] = folder.path
        let helper = GitCredential(
            deadline: .seconds(30), environment: environment, directory: folder.path)
        let credential = try await helper.credential(for: location.of(BundleID("desk")))
        #expect("\(credential)" == "a name and a password")
        let asked = try String(contentsOf: folder.appending("asked"), encoding: .utf8)
        #expect(asked.contains("protocol=https\nhost=git.example:8443\n"))
        // Without a helper nobody is asked, and it does not wait.
        try folder.write("", to: ".gitconfig")
        await failing(.remoteUnauthorized) {
            try await helper.credential(for: location.of(BundleID("desk")))
        }
    }

    @Test("a placeholder in the address stands for the bundle")
    func placeholder() async throws {
        let remote = try await RemoteSetup()
        let server = try await GitWebServer(root: remote.root)
        try FileManager.default.moveItem(
            atPath: remote.setup.repositoryPath,
            toPath: remote.setup.directory.path + "/support-agents.git")
        try remote.policy(server.url("{bundle}.git"))
        #expect(try await remote.sync().pin.commit == remote.release)
    }

    @Test("a server that is busy says when to come again")
    func busy() async throws {
        let remote = try await RemoteSetup()
        let server = try ScriptedServer.http { _ in
            Array("HTTP/1.1 503 Later\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n".utf8)
        }
        try remote.policy("http://127.0.0.1:\(server.port)/acme.git")
        let error = await failing(.remoteUnavailable) { try await remote.sync() }
        #expect(error?.details["retryAfter"] == "17")
    }

    @Test("the workspace of a repository is found out from its release")
    func discovery() async throws {
        let remote = try await RemoteSetup()
        let daemon = try await GitDaemon(root: remote.root)
        let location = try RepositoryLocation(daemon.url("acme.git"))
        let found = try await WorkspaceDiscovery.workspace(
            of: remote.bundle, on: .latest, at: location, deadline: .seconds(60))
        #expect(found == remote.setup.workspace)
        await failing(.notFound) {
            try await WorkspaceDiscovery.workspace(
                of: BundleID("other"), on: .latest, at: location, deadline: .seconds(60))
        }
    }
}
