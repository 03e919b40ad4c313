internal import BundleModel
internal import Foundation
internal import WorkerRuntime

/// The part of a sync that comes before it where the host has no policy yet: the repository that
/// the user names becomes that of the workspace whose release it has.
struct FirstSync {
    let policyPath: String
    let deadline: Duration

    /// Makes the host policy where there is none and a repository was named.
    ///
    /// Where there is one it decides, and says so when it names another repository.
    func prepare(
        _ reference: ChannelReference, from location: RepositoryLocation?,
        _ workspace: WorkspaceID?, _ console: Console
    ) async throws(SheafError) {
        guard let location else { return }
        if FileManager.default.fileExists(atPath: policyPath) {
            noteOther(location, console)
            return
        }
        let owner = try await owner(of: reference, at: location, workspace)
        let isNew = try HostPolicyFile.writeDefault(
            at: policyPath, workspace: owner, repository: location.text)
        guard isNew else { return }
        console.note(
            "made the host policy \(policyPath): workspace '\(owner)' from this repository; it "
                + "grants nothing yet")
    }

    private func owner(
        of reference: ChannelReference, at location: RepositoryLocation,
        _ workspace: WorkspaceID?
    ) async throws(SheafError) -> WorkspaceID {
        if let workspace { return workspace }
        do throws(SheafError) {
            return try await WorkspaceDiscovery.workspace(
                of: reference.bundle, on: reference.channel, at: location, deadline: deadline)
        } catch  where error.code == .remoteUnauthorized {
            throw SheafError(
                error.code, error.message, details: error.details,
                hint: "with '--workspace' a host policy is made first, in which 'credential' says "
                    + "where the credential is")
        }
    }

    /// A policy that is wrong is for the sync to report.
    private func noteOther(_ location: RepositoryLocation, _ console: Console) {
        guard let policy = try? HostPolicyFile.read(at: policyPath),
            !policy.workspaces.values.contains(where: { $0.repository == location })
        else { return }
        console.note("the host policy names another repository, and decides")
    }
}
