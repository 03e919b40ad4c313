package import Foundation

/// A certificate and the key that goes with it, in files.
package struct TLSIdentity: Sendable {
    /// The certificate's file.
    package let certificate: URL
    /// The key's file.
    package let key: URL
}

/// An authority of a test's own, made with `openssl`.
package struct CertificateAuthority: Sendable {
    private let folder: URL
    private let name: String

    /// The authority's own certificate: what its clients trust.
    package var certificate: URL { folder.appending(path: "\(name).pem") }

    /// Makes an authority whose files are in a directory.
    package init(_ name: String = "authority", in folder: URL) async throws {
        self.name = name
        self.folder = folder
        try await openssl(
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
                + ["-keyout", "\(name).key", "-out", "\(name).pem", "-days", "2"]
                + ["-subj", "/CN=\(name)"])
    }

    /// Makes a certificate, for a server by its names (`DNS:localhost`, `IP:127.0.0.1`), or for a
    /// client.
    package func identity(_ file: String, names: String = "DNS:client") async throws -> TLSIdentity
    {
        try await openssl(
            ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
                + ["-keyout", "\(file).key", "-out", "\(file).csr", "-subj", "/CN=\(file)"])
        try Data("subjectAltName=\(names)\n".utf8).write(to: folder.appending(path: "\(file).ext"))
        try await openssl(
            ["x509", "-req", "-in", "\(file).csr", "-CA", "\(name).pem", "-CAkey", "\(name).key"]
                + ["-CAcreateserial", "-out", "\(file).pem", "-days", "2"]
                + ["-extfile", "\(file).ext"])
        return TLSIdentity(
            certificate: folder.appending(path: "\(file).pem"),
            key: folder.appending(path: "\(file).key"))
    }

    private func openssl(_ arguments: [String]) async throws {
        let program = Program("openssl", environment: TestEnvironment.base, directory: folder)
        let output = try await program.run(arguments)
        guard output.succeeded else {
            throw BackgroundProgram.NotReady(description: "openssl: \(output)")
        }
    }
}
