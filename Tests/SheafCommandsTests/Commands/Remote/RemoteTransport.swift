import Foundation
import TestSupport

/// A server of a plain Git host, and what a user has to set to reach it.
struct RemoteTransport: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case web, secureShell, path
    }

    /// The address of the host's repository.
    let url: String
    /// What the user's shell has.
    let environment: [String: String]
    /// What the policy of a runtime says of it.
    let policy: String
    /// They end with the last reference to them.
    private let servers: [any Sendable]

    init(_ kind: Kind, _ host: PlainHost) async throws {
        switch kind {
        case .path:
            (url, environment, policy, servers) = (host.url, [:], "", [])
        case .web:
            let server = try await GitWebServer(root: host.root.url)
            (url, environment, policy, servers) = (server.url("acme.git"), [:], "", [server])
        case .secureShell:
            let server = try await SecureShellServer()
            let key = server.clientKey.path(percentEncoded: false)
            let hosts = server.knownHosts.path(percentEncoded: false)
            url = server.url(host.path)
            environment = [
                "GIT_SSH_COMMAND":
                    "ssh -F none -i '\(key)' -o IdentitiesOnly=yes "
                    + "-o 'UserKnownHostsFile=\"\(hosts)\"'"
            ]
            policy = "credential: { file: \"\(key)\" }\n    knownHosts: \"\(hosts)\""
            servers = [server]
        }
    }
}
