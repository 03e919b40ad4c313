import BundleModel
import Foundation
import RuntimeClient
import RuntimeProtocol
import TestSupport
import Testing

@Suite("A runtime's daemon over TLS")
struct SecureDaemonTests {
    /// The authority of the server's certificate, that of clients, and a daemon that asks for both.
    private struct Site {
        let desk: DaemonDesk
        let authority: CertificateAuthority
        let clients: CertificateAuthority
        let daemon: RunningDaemon
    }

    private func site(clientCertificates: Bool) async throws -> Site {
        let desk = try await DaemonDesk()
        let authority = try await CertificateAuthority(in: desk.home.url)
        let own = try await authority.identity("server", names: "IP:127.0.0.1")
        let clients = try await CertificateAuthority("clients", in: desk.home.url)
        var settings = [
            "--set", "tls.certificate=\(own.certificate.path())",
            "--set", "tls.key=\(own.key.path())",
        ]
        if clientCertificates {
            settings += ["--set", "tls.clientAuthorities=\(clients.certificate.path())"]
        }
        return Site(
            desk: desk, authority: authority, clients: clients,
            daemon: try await desk.serve(settings))
    }

    /// What a client with this certificate finds.
    private func ask(
        _ site: Site, trusting authority: CertificateAuthority?, as identity: TLSIdentity? = nil
    ) async throws -> Result<RuntimeDocument, SheafError> {
        try await site.daemon.client(change: { configuration in
            configuration.authorities = authority?.certificate.path()
            configuration.certificate = identity?.certificate.path()
            configuration.key = identity?.key.path()
            configuration.time = .seconds(20)
        }) { client in
            do throws(SheafError) {
                return .success(try await client.describe())
            } catch {
                return .failure(error)
            }
        }
    }

    @Test("a client that trusts its certificate works with it, any other does not speak to it")
    func certificate() async throws {
        let site = try await site(clientCertificates: false)
        #expect(try site.daemon.address.hasPrefix("https://"))
        let known = try await ask(site, trusting: site.authority)
        #expect(try known.get().api == "v1")
        for other in [nil, site.clients] {
            let refused = try await ask(site, trusting: other)
            #expect(throws: SheafError.self) { try refused.get() }
            guard case .failure(let error) = refused else { continue }
            #expect(error.code == .remoteUnavailable)
        }
        // The command line beside it goes through the socket, which has no TLS.
        let synced = try await site.desk.json(
            "runtime", "sync", "agents@latest", "--format", "json")
        #expect(synced["outcome"] as? String == "accepted")
        let port = try site.daemon.port
        let inClear = try LoopbackSocket()
        try #require(inClear.connect(to: port))
        inClear.write(Array("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
        #expect(!String(decoding: inClear.read(), as: UTF8.self).contains("200"))
        for (version, isSpoken) in [("-tls1_1", false), ("-tls1_2", true), ("-tls1_3", true)] {
            let answer = try await Program(
                "openssl", environment: TestEnvironment.base, directory: site.desk.home.url
            ).run([
                "s_client", version, "-cipher", "ALL:@SECLEVEL=0", "-connect", "127.0.0.1:\(port)",
            ])
            #expect(answer.succeeded == isSpoken, "\(version): \(answer)")
            // It is the server that refuses, not an `openssl` that does not know the version.
            if !isSpoken {
                #expect(answer.errorText.contains("alert protocol version"), "\(answer)")
            }
        }
        try await site.daemon.end()
    }

    @Test("with authorities for clients it answers those whose certificate one of them signed")
    func clientCertificates() async throws {
        let site = try await site(clientCertificates: true)
        let right = try await site.clients.identity("runtime")
        let wrong = try await site.authority.identity("stranger")
        let known = try await ask(site, trusting: site.authority, as: right)
        #expect(try known.get().api == "v1")
        for identity in [nil, wrong] {
            let refused = try await ask(site, trusting: site.authority, as: identity)
            guard case .failure(let error) = refused else {
                Issue.record("a client with \(String(describing: identity)) was answered")
                continue
            }
            #expect(error.code == .remoteUnavailable, "\(error)")
            #expect(!error.message.contains(site.desk.home.path))
        }
        // Whoever was refused is in nobody's way, and a worker can be made as over plain HTTP.
        let reply = try await site.daemon.client(change: { configuration in
            configuration.authorities = site.authority.certificate.path()
            configuration.certificate = right.certificate.path()
            configuration.key = right.key.path()
        }) { client in
            let report = try await client.sync(
                SyncRequest(
                    workspace: WorkspaceID("acme"), bundle: BundleID("agents"), channel: .latest))
            return try await client.createWorker(
                WorkerRequest(
                    workerId: WorkerID("one"), bundle: report.release.pin,
                    intent: IntentDocument(input: "x")))
        }
        #expect(reply.isNew)
        try await site.daemon.end()
    }

    @Test(
        "files that are none of TLS, or do not go together, are said before anything listens",
        arguments: ["nothing", "certificate alone", "another key"])
    func files(_ what: String) async throws {
        let desk = try await DaemonDesk()
        let authority = try await CertificateAuthority(in: desk.home.url)
        let own = try await authority.identity("server", names: "IP:127.0.0.1")
        let other = try await authority.identity("other", names: "IP:127.0.0.1")
        let nothing = try desk.home.write("nothing", to: "nothing.pem")
        var settings = ["--set", "tls.certificate=\(own.certificate.path())"]
        switch what {
        case "nothing": settings += ["--set", "tls.key=\(nothing.path())"]
        case "another key": settings += ["--set", "tls.key=\(other.key.path())"]
        default: break
        }
        let ended = try await desk.tool.run(
            ["runtime", "serve", "--listen", "127.0.0.1:0"] + settings)
        #expect(ended.status == 3)
        #expect(ended.errorText.contains("host_policy_invalid"), "\(ended)")
    }
}
