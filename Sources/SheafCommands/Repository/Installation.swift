internal import BundleModel
internal import BundleRepository
internal import Foundation
internal import WorkerRuntime

/// What a host needs before its first publish: a repository, and the host policy of its runtime.
struct Installation {
    /// Something that an installation has, and whether it was made now.
    struct Part: Encodable {
        let path: String
        let isNew: Bool
    }

    /// The path of the repository as it was given.
    let repositoryPath: String
    /// Where the host policy belongs.
    let policyPath: String

    /// Whether there is anything at the place of the repository.
    var hasRepository: Bool {
        let entries = try? FileManager.default.contentsOfDirectory(atPath: repositoryPath)
        return entries.map { !$0.isEmpty } ?? FileManager.default.fileExists(atPath: repositoryPath)
    }

    /// Makes the repository, or opens the one that another process made meanwhile.
    ///
    /// It appears at its place complete: it is made beside it and moved there. Throws `io_error`.
    func makeRepository(
        of workspace: WorkspaceID?
    ) throws(SheafError) -> (repository: BundleRepository, part: Part) {
        let path = DefaultLocations.absolute(repositoryPath)
        if FileManager.default.fileExists(atPath: path) {
            if hasRepository {
                return (try BundleRepository.open(at: path), Part(path: path, isNew: false))
            }
            // Somebody made an empty directory for it, perhaps with rights of its own.
            let repository = try BundleRepository.create(at: path, workspace: workspace)
            try installGate(in: path)
            return (repository, Part(path: path, isNew: true))
        }
        let target = URL(filePath: path, directoryHint: .isDirectory)
        let temporary = target.deletingLastPathComponent().appending(
            path: ".\(target.lastPathComponent).\(UUID().uuidString)")
        let manager = FileManager.default
        defer { try? manager.removeItem(at: temporary) }
        _ = try BundleRepository.create(
            at: temporary.path(percentEncoded: false), workspace: workspace)
        try installGate(in: temporary.path(percentEncoded: false))
        let isNew = (try? manager.moveItem(at: temporary, to: target)) != nil
        return (try BundleRepository.open(at: path), Part(path: path, isNew: isNew))
    }

    /// A repository that was just made has its hooks in its own directory, and none yet.
    private func installGate(in repository: String) throws(SheafError) {
        let installation = HookInstallation(
            directory: "\(DefaultLocations.absolute(repository))/hooks",
            program: try RunningProgram.path())
        _ = try installation.install(HookScript.ofRepository)
    }

    /// Makes the host policy where there is none: it serves the workspace of the repository,
    /// allows builtin profiles, and grants nothing else.
    func makePolicy(serving workspace: WorkspaceID) throws(SheafError) -> Part {
        let isNew = try HostPolicyFile.writeDefault(
            at: policyPath, workspace: workspace,
            repository: DefaultLocations.absolute(repositoryPath))
        return Part(path: policyPath, isNew: isNew)
    }
}
