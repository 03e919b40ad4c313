public import BundleModel
internal import Foundation
public import NIOSSL

/// The files with which a server proves who it is, and by which it knows its clients.
public struct ServerTLS: Sendable {
    /// The certificate and the chain above it, as PEM.
    public let certificate: String
    /// The key of the certificate, as PEM.
    public let key: String
    /// Certificates of those who sign for clients; with it a client needs a certificate.
    public let clientAuthorities: String?

    /// Names the files.
    public init(certificate: String, key: String, clientAuthorities: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.clientAuthorities = clientAuthorities
    }

    /// Reads the files; TLS 1.2 and later. Throws `host_policy_invalid` for one that cannot be used.
    public func configuration() throws(SheafError) -> TLSConfiguration {
        let chain = try Self.reading("certificate", certificate) {
            try NIOSSLCertificate.fromPEMFile(certificate)
        }
        let privateKey = try Self.reading("key", key) {
            try NIOSSLPrivateKey(file: key, format: .pem)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        if let clientAuthorities {
            let authorities = try Self.reading("client authorities", clientAuthorities) {
                try NIOSSLCertificate.fromPEMFile(clientAuthorities)
            }
            configuration.trustRoots = .certificates(authorities)
            configuration.certificateVerification = .noHostnameVerification
        }
        do {
            // A key that is not that of the certificate shows here, and not when somebody connects.
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw SheafError(
                .hostPolicyInvalid, "the files of TLS do not go together",
                hint: "the key must be that of the first certificate")
        }
        return configuration
    }

    private static func reading<Value>(
        _ what: String, _ path: String, _ body: () throws -> Value
    ) throws(SheafError) -> Value {
        do {
            return try body()
        } catch {
            throw SheafError(
                .hostPolicyInvalid,
                "the TLS \(what) '\(DisplayText.escape(path))' cannot be used",
                hint: "it must be a readable PEM file")
        }
    }
}
