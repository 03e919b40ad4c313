internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import TestSupport
internal import WorkerRuntime

/// A repository of the sample bundle, and the servers that serve it side by side: ours, and nginx
/// with `git http-backend`.
struct NetworkSite: Sendable {
    let place: Workplace
    let sample: SampleBundle
    /// The directory that is published.
    let source: String
    /// The directory of the repository.
    let path: String
    let repository: BundleRepository
    let ours: BundleServer
    let theirs: GitWebServer

    static let workspace = "bench"
    static let branch = "refs/heads/channels/sample/latest"
    static var bundle: BundleID { get throws { try BundleID("sample") } }

    /// Publishes the first revision and starts both servers.
    static func make(
        _ place: Workplace, _ name: String, files: Int, bytesPerFile: Int = 10_000,
        serverOptions: [String] = []
    ) async throws -> NetworkSite {
        Workplace.adoptIdentity()
        let root = place.fresh("\(name)-hosted")
        let path = "\(root)/\(workspace).git"
        let source = place.fresh("\(name)-source")
        let sample = SampleBundle(files: files, bytesPerFile: bytesPerFile)
        try sample.write(to: source)
        let repository = try BundleRepository.create(
            at: path, workspace: try WorkspaceID(workspace))
        _ = try await repository.publish(PublishRequest(directory: source))
        return NetworkSite(
            place: place, sample: sample, source: source, path: path, repository: repository,
            ours: try await BundleServer(
                place, folder: place.fresh("\(name)-server"), repository: path,
                options: serverOptions),
            theirs: try await GitWebServer(root: URL(filePath: root)))
    }

    /// The URL at our server.
    var url: String { url(ours.port) }
    /// The URL at the other one.
    var otherURL: String { url(theirs.port) }

    func url(_ port: Int) -> String { "http://127.0.0.1:\(port)/\(Self.workspace).git" }

    /// Changes two files and publishes them; gives the release's commit.
    @discardableResult
    func publish(round: Int) async throws -> CommitID {
        try sample.change(source, round: round)
        _ = try await repository.publish(PublishRequest(directory: source))
        return try await tip()
    }

    /// The newest release of the channel.
    func tip() async throws -> CommitID {
        let releases = try await repository.releases(of: Self.bundle, on: .latest, limit: 1)
        guard let newest = releases.first else { throw BenchError("nothing was released") }
        return newest.commit
    }

    // MARK: Clients

    /// A runtime with a store of its own that pulls from a URL.
    func runtime(_ store: String, from url: String) throws -> WorkerRuntime {
        try HostPolicyFile.writeDefault(
            at: "\(store)/host-policy.yaml", workspace: try WorkspaceID(Self.workspace),
            repository: url)
        return try WorkerRuntime.open(store: store, policy: "\(store)/host-policy.yaml")
    }

    /// An empty repository of Git's.
    func clone(_ name: String) async throws -> String {
        let clone = place.fresh(name)
        try await place.run("git", ["init", "-q", "--bare", clone])
        return clone
    }

    /// `git fetch` of the channel.
    func fetch(into clone: String, from url: String) async throws {
        try await place.run(
            "git", ["fetch", "-q", url, "+\(Self.branch):refs/heads/latest"], in: clone)
    }
}
