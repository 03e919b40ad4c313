import Foundation
import LibGit2
import TestSupport
import Testing

/// Fetches from the servers that people have: each started here, and ended with the test.
@Suite struct InteroperationTests {
    private static let refspec = "+refs/heads/main:refs/incoming/main"

    /// Fetches twice and an increment, and lets git judge what came.
    private func exercise(
        _ peer: PeerAddress, _ pair: RemotePair, _ access: PeerAccess = PeerAccess()
    ) async throws {
        let first = try await pair.fetch(peer, access).get()
        #expect(first.receivedObjects == 213 && first.receivedBytes > 0)
        #expect(first.advertised["refs/heads/main"]?.hex == pair.commit)
        #expect(try await pair.fetch(peer, access).get().receivedObjects == 0)
        try pair.folder.write("sender/d3/f3", "changed")
        let second = try await pair.git.commit("two")
        #expect(try await pair.fetch(peer, access).get().receivedObjects == 4)
        let receiver = Git(folder: pair.folder("receiver.git"))
        #expect(try await receiver("rev-parse", "refs/incoming/main") == second)
        try await receiver("fsck", "--full", "--strict")
        let files = try pair.folder.names(in: "receiver.git/objects/pack")
        #expect(files.allSatisfy { $0.hasPrefix("pack-") }, "\(files)")
    }

    @Test("nginx with git http-backend")
    func webServer() async throws {
        let pair = try await RemotePair()
        let server = try await GitWebServer(root: URL(filePath: pair.folder.path))
        try await exercise(.http(port: server.port, "/sender/.git"), pair)
        // All requests of a transfer, and those of the next ones, share a connection, unless transfers
        // of other tests have taken its place among those that are kept in between.
        let connections = Set(server.requests.compactMap { $0.split(separator: " ").last })
        #expect(connections.count < server.requests.count, "\(server.requests)")
        #expect(server.requests.count >= 5)
        #expect(server.requests.allSatisfy { $0.contains(" HTTP/1.1 ") })
    }

    @Test("git daemon")
    func daemon() async throws {
        let pair = try await RemotePair()
        let daemon = try await GitDaemon(root: URL(filePath: pair.folder.path))
        try await exercise(
            .daemon(host: "127.0.0.1", port: daemon.port, path: "/sender/.git"), pair)
    }

    @Test("OpenSSH's sshd", arguments: SecureShellServer.KeyKind.allCases)
    func secureShell(_ kind: SecureShellServer.KeyKind) async throws {
        let pair = try await RemotePair()
        let server = try await SecureShellServer(kind)
        let access = PeerAccess(
            credential: .keyFile(server.clientKey.path(percentEncoded: false)),
            knownHosts: server.knownHosts.path(percentEncoded: false))
        let peer = PeerAddress.ssh(
            user: nil, host: "127.0.0.1", port: server.port, path: pair.folder("sender"))
        try await exercise(peer, pair, access)
    }

    @Test("a path of this host")
    func path() async throws {
        let pair = try await RemotePair()
        try await exercise(.path(pair.folder("sender")), pair)
    }
}
