import Foundation
import TestSupport
import Testing

@Suite("The first sync of a host from a repository at another one")
struct FirstSyncTests {
    /// A home with nothing but the program.
    private static func fresh(_ repository: String?) throws -> Desk {
        var desk = try Desk(bundle: false)
        desk.sheaf = desk.sheaf.with(["SHEAF_REPOSITORY": repository])
        return desk
    }

    @Test("makes a host policy that serves the workspace of the release, and grants nothing")
    func fromVariable() async throws {
        let publisher = try await Desk.published()
        let daemon = try await GitDaemon(root: publisher.home.appending(".local/share/sheaf"))
        let desk = try Self.fresh(daemon.url("repository.git"))
        let output = try await desk.sheaf.run("runtime", "sync", "support-agents@latest")
        #expect(output.status == 0 && output.text.hasPrefix("accepted "), "\(output)")
        #expect(output.errorText.contains("made the host policy"))
        let policy = try String(contentsOf: desk.policy, encoding: .utf8)
        #expect(policy.contains("repository: \"\(daemon.url("repository.git"))\""))
        #expect(policy.contains("acme:") && !policy.contains("\ngrants"))
        let again = try await desk.sheaf.run("runtime", "sync", "support-agents@latest")
        #expect(again.text.hasPrefix("unchanged ") && again.errorText.isEmpty, "\(again)")
        // From now on the policy decides.
        let other = desk.sheaf.with(["SHEAF_REPOSITORY": "https://git.example/acme.git"])
        let decided = try await other.run("runtime", "sync", "support-agents@latest")
        #expect(decided.status == 0 && decided.errorText.contains("another repository"))
    }

    @Test("takes a path, and the workspace that is named")
    func fromPath() async throws {
        let publisher = try await Desk.published()
        let desk = try Self.fresh(nil)
        let path = publisher.repository.path(percentEncoded: false)
        let output = try await desk.sheaf.run(
            "runtime", "sync", "support-agents@latest", "--repository", path, "--workspace", "acme")
        #expect(output.status == 0, "\(output)")
    }

    @Test(
        "refuses what is no repository, and leaves nothing behind",
        arguments: [
            ("https://name:hunter2@git.example/acme.git", "invalid_request", 2),
            ("https://git.example/acme.git?token=hunter2", "invalid_request", 2),
            ("ftp://git.example/acme.git", "invalid_request", 2),
            ("/nowhere/at/all.git", "remote_unavailable", 3),
            ("http://127.0.0.1:1/acme.git", "remote_unavailable", 3),
        ])
    func refused(_ repository: String, _ code: String, _ status: Int32) async throws {
        let desk = try Self.fresh(repository)
        let output = try await desk.sheaf.run("runtime", "sync", "support-agents@latest")
        #expect(output.status == status && output.errorText.contains("(\(code))"), "\(output)")
        #expect(!output.errorText.contains("hunter2"))
        #expect(!FileManager.default.fileExists(atPath: desk.store.path(percentEncoded: false)))
    }

    @Test("says what to do where the repository wants a credential")
    func unauthorized() async throws {
        let server = try ScriptedServer.http { _ in
            Array("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n".utf8)
        }
        let address = "http://127.0.0.1:\(server.port)/acme.git"
        let desk = try Self.fresh(address)
        let output = try await desk.sheaf.run("runtime", "sync", "support-agents@latest")
        #expect(output.status == 3 && output.errorText.contains("(remote_unauthorized)"))
        #expect(output.errorText.contains("--workspace"), "\(output)")
        let named = try await desk.sheaf.run(
            "runtime", "sync", "support-agents@latest", "--workspace", "acme")
        #expect(named.status == 3 && named.errorText.contains("'credential'"), "\(named)")
        #expect(FileManager.default.fileExists(atPath: desk.policy.path(percentEncoded: false)))
    }
}
