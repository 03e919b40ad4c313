internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import RuntimeProtocol
internal import TestSupport

/// Ten remotes, each the repository of a workspace with ten bundles, served by nginx with
/// `git http-backend`, as a runtime of many teams follows them.
struct RemoteFleet: Sendable {
    static let remotes = 10
    static let bundlesEach = 10
    /// Those of the remotes, the last ones, that hang when they are told to.
    static let hanging = 2

    let place: Workplace
    private let root: String
    private let server: GitWebServer

    /// Publishes every bundle and starts the server.
    static func make(_ place: Workplace, _ name: String) async throws -> RemoteFleet {
        Workplace.adoptIdentity()
        let root = place.fresh("\(name)-remotes")
        for remote in 0..<remotes {
            let repository = try BundleRepository.create(
                at: "\(root)/\(workspace(remote)).git",
                workspace: try WorkspaceID(workspace(remote)))
            for bundle in 0..<bundlesEach {
                let source = "\(root)/sources/\(workspace(remote))/\(self.bundle(bundle))"
                try sample(remote, bundle).write(to: source)
                _ = try await repository.publish(PublishRequest(directory: source))
            }
        }
        return RemoteFleet(
            place: place, root: root,
            server: try await GitWebServer(root: URL(filePath: root)))
    }

    static func workspace(_ remote: Int) -> String { "team-\(remote)" }
    static func bundle(_ bundle: Int) -> String { "agents-\(bundle)" }

    private static func sample(_ remote: Int, _ bundle: Int) -> SampleBundle {
        SampleBundle(
            files: 40, bytesPerFile: 4000, name: Self.bundle(bundle), workspace: workspace(remote))
    }

    /// The channels of the first remotes.
    static func channels(ofFirst count: Int) -> [String] {
        (0..<count).flatMap { remote in
            (0..<bundlesEach).map { "\(workspace(remote))/\(bundle($0))@latest" }
        }
    }

    /// Publishes another revision of the bundle of a pin.
    func publish(of pin: BundlePin, round: Int) async throws {
        let source = "\(root)/sources/\(pin.workspace)/\(pin.bundle)"
        try Data("round \(round)\n".utf8).write(to: URL(filePath: "\(source)/README.md"))
        let repository = try BundleRepository.open(at: "\(root)/\(pin.workspace).git")
        _ = try await repository.publish(PublishRequest(directory: source))
    }

    /// Makes an empty store whose policy serves all of it.
    ///
    /// - Parameter silent: ports of this machine at which the last remotes are instead.
    func store(_ name: String, silent: [Int] = []) throws -> String {
        let store = place.fresh(name)
        try FileManager.default.createDirectory(
            atPath: store, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        var text = "schema: sheaf/host-policy/v1\nbuiltin: deny\nworkspaces:\n"
        for remote in 0..<Self.remotes {
            let moved = remote - (Self.remotes - silent.count)
            let port = moved < 0 ? server.port : silent[moved]
            let workspace = Self.workspace(remote)
            text += """
                  \(workspace): { repository: "http://127.0.0.1:\(port)/\(workspace).git", bundles: ["*"] }

                """
        }
        let policy = "\(store)/host-policy.yaml"
        try Data(text.utf8).write(to: URL(filePath: policy))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: policy)
        return store
    }
}
