import BundleModel
import BundleRepository
import Foundation
import TestSupport
import Testing
import WorkerRuntime

/// A workspace's repository with one release, and a host policy that reaches it over the network.
struct RemoteSetup: Sendable {
    let setup: RuntimeSetup
    let bundle: BundleID
    let release: CommitID

    init(isInMemory: Bool = false) async throws {
        setup = try await RuntimeSetup(isInMemory: isInMemory)
        bundle = try setup.bundle
        release = try #require(try await setup.publish().release).commit
    }

    /// The directory that servers serve.
    var root: URL { setup.directory.url }

    func policy(_ repository: String, _ options: String = "") throws {
        try setup.writePolicy(workspace: options, repository: repository)
    }

    func sync(
        _ runtime: WorkerRuntime? = nil, deadline: Duration = .seconds(60)
    ) async throws -> SyncResult {
        let runtime = if let runtime { runtime } else { try setup.runtime() }
        return try await runtime.sync(bundle, on: .latest, deadline: deadline)
    }

    /// A file of the host that holds something secret.
    func secret(_ text: String, _ name: String = "token", mode: Int = 0o600) throws -> String {
        let file = try setup.directory.write(text, to: name)
        let path = file.path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    /// Every file of the store that has a text in it, by name.
    func files(with text: String) throws -> [String] {
        try Fixtures.files(below: URL(filePath: setup.store)).filter { file in
            file.bytes.firstRange(of: Array(text.utf8)) != nil
        }.map(\.path)
    }
}
