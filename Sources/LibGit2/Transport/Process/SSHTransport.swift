/// Reaches a repository at another host by running `git-upload-pack` there over the `ssh` program.
///
/// Its agent, configuration and known hosts are the user's. It asks nobody anything: where it would
/// have to, it fails.
struct SSHTransport: SmartTransport {
    let user: String?
    let host: String
    let port: Int?
    let path: String
    let access: PeerAccess
    let searchPath: String?

    var isStateless: Bool { false }

    var location: String { path }

    func connect(
        _ service: SmartService, _ watch: TransferWatch
    ) throws(TransportError) -> any SmartConnection {
        let parts = [user ?? "", host, path]
        // ssh(1) and git-upload-pack(1) take what begins so for an option.
        guard parts.allSatisfy({ !$0.hasPrefix("-") && !$0.utf8.contains(0) }), !host.isEmpty
        else { throw .unavailable("its address begins with '-'") }
        var command = PeerCommand(
            program: "ssh", arguments: try options(watch), searchPath: searchPath)
        command.arguments += ["--", host, "git-upload-pack \(Self.quoted(path))"]
        command.inherited = ["HOME", "USER", "LOGNAME", "SSH_AUTH_SOCK"]
        return try PeerProcess(command, at: path, watch) { complaint in
            Self.meaning(complaint.text)
                ?? .unavailable(
                    complaint.failure(hiding: path, of: host) ?? "the SSH connection broke off")
        }
    }

    private func options(_ watch: TransferWatch) throws(TransportError) -> [String] {
        let seconds = watch.shortened(access.connect) / .seconds(1)
        var options = ["-T", "-x", "-a"]
        for setting in [
            "BatchMode=yes", "ClearAllForwardings=yes", "PermitLocalCommand=no", "Tunnel=no",
            "ControlMaster=no", "LogLevel=ERROR",
            "ConnectTimeout=\(max(1, Int(seconds.rounded(.up))))",
        ] { options += ["-o", setting] }
        if let port { options += ["-p", String(port)] }
        if let user { options += ["-l", user] }
        if case .keyFile(let file) = access.credential {
            options += ["-o", "IdentityFile=\(try Self.file(file))", "-o", "IdentitiesOnly=yes"]
        }
        if let knownHosts = access.knownHosts {
            options += ["-o", "UserKnownHostsFile=\(try Self.file(knownHosts))"]
            for setting in [
                "GlobalKnownHostsFile=/dev/null", "StrictHostKeyChecking=yes", "UpdateHostKeys=no",
            ] { options += ["-o", setting] }
        }
        return options
    }

    /// A file as ssh_config(5) reads it: it parts names at blanks, and replaces `%` and `${`.
    private static func file(_ path: String) throws(TransportError) -> String {
        guard !path.contains("\""), !path.contains("${"), !path.contains("\\") else {
            throw .unavailable("SSH cannot be given a file of that name")
        }
        return "\""
            + path.split(separator: "%", omittingEmptySubsequences: false)
            .joined(separator: "%%") + "\""
    }

    /// A word for the shell of the other host, as Git quotes it.
    static func quoted(_ text: String) -> String {
        var quoted = "'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'", "!": quoted += "'\\\(scalar)'"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "'"
    }

    /// What OpenSSH complains about, in words that name neither account nor host. There is no other
    /// sign: it exits with 255 for all of them. Its own words are never repeated: many name the
    /// host's address, for those to read who may know of the failure and not of the host.
    private static func meaning(_ complaint: String) -> TransportError? {
        if complaint.contains("Host key verification failed") {
            return .untrusted("its key is not among the known hosts, or is another one")
        }
        if complaint.contains("Permission denied (")
            || complaint.contains("Too many authentication failures")
        {
            return .unauthorized("it takes none of the keys that SSH offers")
        }
        if complaint.contains("Could not resolve hostname") {
            return .unavailable("the name of its host cannot be resolved")
        }
        if complaint.contains("ssh: connect to host") {
            return .unavailable("nothing answers at its host and port")
        }
        return nil
    }
}
