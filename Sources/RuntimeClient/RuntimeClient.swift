internal import AsyncHTTPClient
public import BundleModel
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
public import RuntimeProtocol

/// A runtime of another process, asked over HTTP with the contract of the embedded library.
///
/// ```swift
/// let endpoint = try RuntimeEndpoint("https://runtime.example:7421")
/// let client = try RuntimeClient(RuntimeClientConfiguration(endpoint, token: token))
/// let report = try await client.sync(
///     SyncRequest(workspace: acme, bundle: agents, channel: .latest))
/// print(report.outcome, report.release.pin.digest)
/// try await client.shutdown()
/// ```
///
/// Redirects are not followed, so a token goes to its endpoint and nowhere else; and there by plain
/// HTTP only on this machine, unless that is allowed.
public struct RuntimeClient: RuntimeOperations {
    let configuration: RuntimeClientConfiguration
    let http: HTTPClient

    /// Reads the certificates; throws `invalid_request` for one that cannot be used, and for a token
    /// that others could read on the way unless ``RuntimeClientConfiguration/allowsPlainHTTP`` says
    /// that it may be sent so.
    ///
    /// Nothing is connected before the first question. Call ``shutdown()`` at the end.
    public init(_ configuration: RuntimeClientConfiguration) throws(SheafError) {
        guard
            configuration.token == nil || configuration.allowsPlainHTTP
                || !configuration.endpoint.isInClear
        else {
            throw SheafError(
                .invalidRequest, "the token would be sent in clear to \(configuration.endpoint)",
                hint: "ask by https, or set 'allowsPlainHTTP' where something between speaks TLS")
        }
        self.configuration = configuration
        var settings = HTTPClient.Configuration(
            tlsConfiguration: try Self.tls(configuration), redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10)))
        settings.httpVersion = .http1Only
        // Half of what a runtime lets a connection idle: one that it is about to close is not used.
        settings.connectionPool.idleTimeout = .seconds(30)
        http = HTTPClient(
            eventLoopGroupProvider: .shared(HTTPClient.defaultEventLoopGroup),
            configuration: settings)
    }

    /// Closes the connections; nothing can be asked afterwards.
    public func shutdown() async throws(SheafError) {
        do {
            try await http.shutdown()
        } catch {
            throw SheafError(.ioError, "the connections to the runtime could not be closed")
        }
    }

    private static func tls(
        _ configuration: RuntimeClientConfiguration
    ) throws(SheafError) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        do {
            if let authorities = configuration.authorities {
                tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authorities))
            }
            if let certificate = configuration.certificate, let key = configuration.key {
                tls.certificateChain = try NIOSSLCertificate.fromPEMFile(certificate)
                    .map { .certificate($0) }
                tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
            }
        } catch {
            throw SheafError(
                .invalidRequest, "a certificate or key of the client cannot be used",
                hint: "each must be a readable PEM file")
        }
        return tls
    }
}
