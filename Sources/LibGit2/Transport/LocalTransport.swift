/// Reaches a repository on this host by running `git upload-pack` on it.
///
/// libgit2's own transport for paths ignores refspecs and copies every reference.
struct LocalTransport: SmartTransport {
    let path: String
    let searchPath: String?

    var isStateless: Bool { false }

    func connect(
        _ service: SmartService, _ watch: TransferWatch
    ) throws(TransportError) -> any SmartConnection {
        guard path.hasPrefix("/"), !path.utf8.contains(0) else {
            throw .unavailable("not an absolute path")
        }
        let command = PeerCommand(
            program: "git", arguments: ["upload-pack", "--strict", path],
            searchPath: searchPath, knownPath: path)
        return try PeerProcess(command, watch)
    }
}
