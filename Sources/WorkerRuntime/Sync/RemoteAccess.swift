internal import BundleModel
internal import BundleRepository
internal import Foundation

/// What a transfer shows a workspace's repository, and how it gets there: read when it starts, and
/// kept no longer.
enum RemoteAccess {
    private static let maximumSecret = 1 << 16

    /// The repository of a bundle as its workspace's rule says.
    ///
    /// Throws `host_policy_invalid` when the credential is not where the rule says, or others can
    /// read it, `remote_unauthorized` when Git's helper has none, `deadline_exceeded`, `cancelled`.
    static func remote(
        for bundle: BundleID, _ rule: WorkspaceRule, before end: ContinuousClock.Instant
    ) async throws(SheafError) -> RemoteRepository {
        var remote = RemoteRepository(rule.repository.of(bundle))
        let connection = rule.connection
        remote.trust = RemoteTrust(
            authorities: connection.authorities, certificate: connection.certificate,
            key: connection.key, knownHosts: connection.knownHosts)
        remote.proxy =
            switch connection.proxy {
            case .address(let address): address
            case .direct: ""
            case nil: nil
            }
        if let credential = rule.credential {
            remote.credential = try await read(
                credential, of: rule.workspace, for: remote.location, before: end)
        }
        return remote
    }

    private static func read(
        _ credential: WorkspaceCredential, of workspace: WorkspaceID,
        for location: RepositoryLocation, before end: ContinuousClock.Instant
    ) async throws(SheafError) -> RemoteCredential {
        let secret: String
        switch credential.source {
        case .file(let path):
            let bytes = try contents(path, of: workspace)
            if location.scheme == .ssh { return .keyFile(path) }
            secret = try text(bytes, of: workspace)
        case .environment(let name):
            let value = ProcessInfo.processInfo.environment[name] ?? ""
            secret = try text(Array(value.utf8), of: workspace)
        case .gitHelper:
            let helper = GitCredential(deadline: end - ContinuousClock.now)
            return try await helper.credential(for: location)
        }
        return switch credential.kind {
        case .basic: .basic(user: credential.user, password: secret)
        case .bearer: .bearer(secret)
        }
    }

    private static func contents(
        _ path: String, of workspace: WorkspaceID
    ) throws(SheafError) -> [UInt8] {
        let file: HostOwnedFile?
        do throws(SheafError) {
            file = try HostOwnedFile.read(path, maximumBytes: maximumSecret)
        } catch {
            throw problem("cannot be read", of: workspace)
        }
        guard let file else { throw problem("is not there", of: workspace) }
        guard !file.isReadableByOthers else {
            throw problem(
                "can be read or written by others", of: workspace,
                hint: "chmod go= the file, and replace the credential if others may have read it")
        }
        guard file.isTrustedOwner else {
            throw problem("is in a file of another user", of: workspace)
        }
        return file.bytes
    }

    /// One line of text: anything else would end up in a header as something else.
    private static func text(
        _ bytes: [UInt8], of workspace: WorkspaceID
    ) throws(SheafError) -> String {
        var bytes = bytes[...]
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        guard !bytes.isEmpty else { throw problem("is empty or not there", of: workspace) }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            throw problem("is not one line of plain text", of: workspace)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func problem(
        _ what: String, of workspace: WorkspaceID, hint: String? = nil
    ) -> SheafError {
        SheafError(
            .hostPolicyInvalid,
            "the credential that the host policy names for workspace '\(workspace)' \(what)",
            hint: hint ?? "look at 'credential' of the workspace in the host policy")
    }
}
