import BundleModel
import Foundation
import TestSupport
import Testing

@testable import HTTPServing

@Suite("Serving over TLS")
struct SecureServerTests {
    @Test("git clones from it when it trusts the certificate, and only then")
    func clone() async throws {
        try await ServedWorkspace.with(tls: { home in
            let authority = try await CertificateAuthority(in: home.url)
            let own = try await authority.identity("server", names: "IP:127.0.0.1")
            return ServerTLS(certificate: own.certificate.path(), key: own.key.path())
        }) { served in
            let url = "https://127.0.0.1:\(served.port)/acme.git"
            let git = served.git
            let trusted = "http.sslCAInfo=\(served.home.appending("authority.pem").path())"
            try await git.check("-c", trusted, "clone", "--quiet", "--bare", url, "clone.git")
            try await GitOracle(in: served.home.appending("clone.git")).check("fsck", "--strict")
            let refused = try await git.run(["ls-remote", url])
            #expect(!refused.succeeded && refused.errorText.contains("certificate"), "\(refused)")
            for (version, isSpoken) in [("-tls1_1", false), ("-tls1_2", true), ("-tls1_3", true)] {
                let answer = try await Program(
                    "openssl", environment: TestEnvironment.base, directory: served.home.url
                ).run([
                    "s_client", version, "-cipher", "ALL:@SECLEVEL=0", "-connect",
                    "127.0.0.1:\(served.port)",
                ])
                #expect(answer.succeeded == isSpoken, "\(version): \(answer)")
            }
        }
    }

    @Test("with authorities for clients, a client without a certificate gets nothing")
    func clientCertificates() async throws {
        try await ServedWorkspace.with(tls: { home in
            let authority = try await CertificateAuthority(in: home.url)
            let own = try await authority.identity("server", names: "IP:127.0.0.1")
            let clients = try await CertificateAuthority("clients", in: home.url)
            _ = try await clients.identity("runtime")
            _ = try await authority.identity("stranger")
            return ServerTLS(
                certificate: own.certificate.path(), key: own.key.path(),
                clientAuthorities: clients.certificate.path())
        }) { served in
            func list(as name: String?) async throws -> ProgramOutput {
                var arguments = [
                    "-c", "http.sslCAInfo=\(served.home.appending("authority.pem").path())",
                ]
                if let name {
                    let (certificate, key) = ("\(name).pem", "\(name).key")
                    arguments += [
                        "-c", "http.sslCert=\(served.home.appending(certificate).path())",
                    ]
                    arguments += ["-c", "http.sslKey=\(served.home.appending(key).path())"]
                }
                return try await served.git.run(
                    arguments + ["ls-remote", "https://127.0.0.1:\(served.port)/acme.git"])
            }
            let (known, nobody) = (try await list(as: "runtime"), try await list(as: nil))
            let stranger = try await list(as: "stranger")
            #expect(known.succeeded, "\(known)")
            #expect(!nobody.succeeded && !stranger.succeeded)
        }
    }

    @Test("files that are no certificate are refused before anything listens")
    func files() async throws {
        let error = await #expect(throws: SheafError.self) {
            try await ServedWorkspace.with(tls: { home in
                let file = home.appending("not.pem")
                try Data("nothing".utf8).write(to: file)
                return ServerTLS(certificate: file.path(), key: file.path())
            }) { _ in }
        }
        #expect(error?.code == .hostPolicyInvalid)
    }
}
