import Foundation
import LibGit2

/// A repository that git made, with 200 files in ten folders, and one that fetches from it.
struct RemotePair: Sendable {
    let folder: TemporaryFolder
    let git: Git
    let commit: String
    let receiver: RepositoryOwner

    init(files: Int = 200) async throws {
        folder = try TemporaryFolder()
        git = try await Git.repository(at: folder("sender"))
        for index in 0..<files { try folder.write("sender/d\(index % 10)/f\(index)", "\(index)") }
        try folder.write("sender/file", "content")
        commit = try await git.commit("one")
        receiver = try RepositoryOwner(creatingAt: folder("receiver.git"))
    }

    func fetch(
        _ peer: PeerAddress, _ access: PeerAccess = PeerAccess(),
        deadline: Duration = .seconds(60), maximumBytes: Int = 1 << 30
    ) async -> Result<FetchOutcome, TransportError> {
        await receiver.fetch(
            FetchRequest(
                peer: peer, refspecs: ["+refs/heads/main:refs/incoming/main"], access: access,
                deadline: deadline, maximumBytes: maximumBytes))
    }

    /// What is in the receiver, beyond what a fetch that failed may leave: nothing.
    func leftovers() async throws -> [String] {
        try folder.names(in: "receiver.git/objects/pack")
            + (try await Git(folder: folder("receiver.git"))("for-each-ref"))
            .split(separator: "\n").map(String.init)
    }
}

extension PeerAddress {
    /// A repository at a web server of this machine.
    static func http(
        port: Int, _ path: String, isSecure: Bool = false, host: String = "127.0.0.1"
    ) -> PeerAddress {
        .http(HTTPAddress(isSecure: isSecure, host: host, port: port, path: path))
    }
}
