package import Foundation

/// OpenSSH's `sshd` on a port of its own, with a host key and one client's key made for it.
package final class SecureShellServer: Sendable {
    /// The kinds of keys, in the words of `ssh-keygen -t`.
    package enum KeyKind: String, CaseIterable, Sendable {
        case rsa, ed25519
    }

    private let program: BackgroundProgram
    private let folder: TemporaryDirectory
    /// Where it listens.
    package let port: Int
    /// The private key of the client that it lets in.
    package let clientKey: URL
    /// A private key that it knows nothing of.
    package let otherKey: URL
    /// A file of known hosts with its host key.
    package let knownHosts: URL
    /// A file of known hosts with another key in the place of its own.
    package let otherHosts: URL

    /// Starts a server with keys of this kind.
    package init(_ kind: KeyKind = .ed25519) async throws {
        folder = try TemporaryDirectory("sheaf-ssh")
        for name in ["host", "client", "other"] {
            let output = try await Program(
                "ssh-keygen", environment: TestEnvironment.base, directory: folder.url
            ).run(
                ["-q", "-N", "", "-t", kind.rawValue, "-f", name]
                    + (kind == .rsa ? ["-b", "2048"] : []))
            guard output.succeeded else {
                throw BackgroundProgram.NotReady(description: "ssh-keygen: \(output)")
            }
        }
        clientKey = folder.appending("client")
        otherKey = folder.appending("other")
        knownHosts = folder.appending("known hosts")
        otherHosts = folder.appending("other hosts")
        let publicKey = try String(contentsOf: folder.appending("client.pub"), encoding: .utf8)
        try folder.write(publicKey, to: "authorized")
        let port = try LoopbackPort.free()
        try folder.write(Self.configuration(folder.path, port), to: "sshd.conf")
        for (file, key) in [(knownHosts, "host.pub"), (otherHosts, "other.pub")] {
            let text = try String(contentsOf: folder.appending(key), encoding: .utf8)
            try Data("[127.0.0.1]:\(port) \(text)".utf8).write(to: file)
        }
        // Run by root, it wants this directory, which the service would make.
        try? FileManager.default.createDirectory(
            atPath: "/run/sshd", withIntermediateDirectories: true)
        program = try BackgroundProgram(
            "/usr/sbin/sshd", ["-D", "-e", "-f", folder.path + "/sshd.conf"],
            directory: folder.url, log: folder.appending("sshd.log"))
        self.port = port
        try await program.ready { LoopbackPort.answers(port) }
    }

    /// The address of a repository by its absolute path, for the user that runs the test.
    package func url(_ path: String) -> String { "ssh://127.0.0.1:\(port)\(path)" }

    /// What the server says, where a test fails.
    package var log: String { program.output }

    private static func configuration(_ folder: String, _ port: Int) -> String {
        """
        ListenAddress 127.0.0.1
        Port \(port)
        HostKey \(folder)/host
        PidFile \(folder)/sshd.pid
        AuthorizedKeysFile \(folder)/authorized
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitRootLogin prohibit-password
        MaxStartups 100
        PermitUserEnvironment no
        SetEnv GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=*

        """
    }
}
