internal import BundleModel
internal import LibGit2

/// What a failed transfer is to whoever asked for it.
enum RemoteFailure {
    static func error(
        _ error: TransportError, _ bundle: BundleID, _ channel: ChannelID
    ) -> SheafError {
        switch error {
        case .reference:
            SheafError(
                .notFound, "the repository has no channel '\(bundle)@\(channel)'",
                hint: "'sheaf channel list \(bundle)' shows its channels")
        case .git(let error):
            SheafError(error, "the transfer of '\(bundle)@\(channel)'")
        default: self.error(error)
        }
    }

    private static let debianPackage = ["libcurl": "libcurl4", "ssh": "openssh-client"]

    /// The same where no channel was asked for.
    static func error(_ error: TransportError) -> SheafError {
        switch error {
        case .unavailable(let reason):
            SheafError(
                .remoteUnavailable,
                "the repository cannot be reached: \(DisplayText.escape(reason))",
                hint: "look at the repository named in the host policy")
        case .lacking(let name):
            SheafError(
                .ioError, "'\(name)' is not installed on this host, or cannot be loaded",
                hint: "install it; Debian's package is '\(debianPackage[name] ?? name)'")
        case .unauthorized(let reason):
            SheafError(
                .remoteUnauthorized,
                "the repository refuses this host: \(DisplayText.escape(reason))",
                hint: "look at the workspace's 'credential' in the host policy")
        case .busy(let seconds):
            SheafError(
                .remoteUnavailable,
                "the repository is busy"
                    + (seconds.map { ": it asks to come again in \($0) s" } ?? ""),
                details: seconds.map { ["retryAfter": String($0)] } ?? [:],
                hint: "try again later")
        case .untrusted(let reason):
            SheafError(
                .remoteUnavailable,
                "the repository's host is not trusted: \(DisplayText.escape(reason))",
                hint: "'tls: { ca: FILE }' of the workspace in the host policy names an authority, "
                    + "and 'knownHosts: FILE' the keys of hosts for SSH")
        case .deadlineExceeded:
            SheafError(.deadlineExceeded, "the repository did not answer in the time allowed")
        case .stalled(let what):
            SheafError(.deadlineExceeded, "the repository does not answer: \(what)")
        case .cancelled:
            SheafError(.cancelled, "the transfer was cancelled")
        case .limitExceeded(let bytes):
            SheafError(
                .limitExceeded, "the transfer was stopped after \(bytes) bytes",
                details: ["bytes": String(bytes)])
        case .reference:
            SheafError(.notFound, "the repository does not have what was asked for")
        case .git(let error): SheafError(error, "the transfer")
        }
    }
}
