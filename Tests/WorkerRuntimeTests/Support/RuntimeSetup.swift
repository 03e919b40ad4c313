import BundleModel
import BundleRepository
import Foundation
import Logging
import TestSupport
import WorkerRuntime

/// A repository of a workspace, directories to publish from, a host policy and a runtime's store,
/// all below one temporary directory.
struct RuntimeSetup: Sendable {
    let directory: TemporaryDirectory
    let repository: BundleRepository
    /// `git` in the repository.
    let git: GitOracle
    let workspace: WorkspaceID

    init(workspace: String = "acme", isInMemory: Bool = false) async throws {
        directory = try TemporaryDirectory(isInMemory: isInMemory)
        self.workspace = try WorkspaceID(workspace)
        let place = directory.appending("\(workspace).git")
        repository = try BundleRepository.create(
            at: place.path(percentEncoded: false), workspace: self.workspace)
        git = GitOracle(in: place)
        // Git finds the publisher's identity in the checkout that the directories lie in.
        _ = try await GitOracle(repositoryAt: directory.appending("source"))
        let configuration = try FileHandle(
            forWritingTo: directory.appending("source/.git/config"))
        try configuration.seekToEnd()
        try configuration.write(
            contentsOf: Data(
                "[user]\n\tname = Pia Publisher\n\temail = pia@example.com\n".utf8))
        try configuration.close()
        try writePolicy()
    }

    var repositoryPath: String { repository.path }
    var store: String { directory.appending("store").path(percentEncoded: false) }
    var policy: String { directory.appending("policy.yaml").path(percentEncoded: false) }
    var source: String { directory.appending("source").path(percentEncoded: false) }
    var bundle: BundleID { get throws { try BundleID("support-agents") } }

    /// Where the runtime keeps a bundle.
    func mirror(_ bundle: String = "support-agents") -> URL {
        directory.appending("store/bundles/\(workspace)/\(bundle).git")
    }

    /// `git` in the runtime's own repository of a bundle.
    func mirrorGit(_ bundle: String = "support-agents") -> GitOracle {
        GitOracle(in: mirror(bundle))
    }

    /// Writes a host policy: the workspace of the repository, then what is given.
    ///
    /// - Parameters:
    ///   - options: more keys of the workspace.
    ///   - others: more workspaces, each indented by two spaces.
    ///   - repository: another repository than the one of this setup.
    func writePolicy(
        _ rest: String = "builtin: allow", workspace options: String = "",
        before others: String = "", repository: String? = nil
    ) throws {
        try write(
            policy: """
                schema: sheaf/host-policy/v1
                workspaces:
                \(others)
                  \(workspace):
                    repository: "\(repository ?? repositoryPath)"
                    bundles: ["*"]
                    \(options)
                \(rest)

                """)
    }

    func write(policy text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: policy))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: policy)
    }

    /// Publishes a bundle and releases it to `latest`.
    @discardableResult
    func publish(
        _ bundle: SampleBundle = .plain, channel: ChannelID? = .latest
    ) async throws -> PublishResult {
        let place = directory.appending("source/bundle")
        try bundle.write(to: place)
        return try await repository.publish(
            PublishRequest(directory: place.path(percentEncoded: false), channel: channel))
    }

    /// Opens the runtime's store.
    func runtime(
        _ access: StoreAccess = .owner, limits: ContentLimits = .standard,
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger? = nil
    ) throws -> WorkerRuntime {
        try WorkerRuntime.open(
            store: store, policy: policy, access: access, limits: limits, now: now,
            logger: logger ?? Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    }

    /// The names of everything below a mirror's `refs`, and of what is in its folder of packs.
    func leftovers(_ bundle: String = "support-agents") async throws -> [String] {
        let refs = try await mirrorGit(bundle).lines(
            "for-each-ref", "--format=%(refname)", "refs/incoming")
        let packs = mirror(bundle).appending(path: "objects/pack").path(percentEncoded: false)
        let files = (try? FileManager.default.contentsOfDirectory(atPath: packs)) ?? []
        return refs + files.filter { !$0.hasPrefix("pack-") || $0.hasSuffix(".lock") }
    }
}
