/// Reaches a repository on this host by running `git upload-pack` on it.
///
/// libgit2's own transport for paths ignores refspecs and copies every reference.
struct LocalTransport: SmartTransport {
    let location: String
    let searchPath: String?

    var isStateless: Bool { false }

    /// Of a pack whose deltas are made of each other git (2.39) takes 300 MB more each second, which
    /// a deadline alone does not keep from the rest of the host.
    private static let memory = 4 << 30

    func connect(
        _ service: SmartService, _ watch: TransferWatch
    ) throws(TransportError) -> any SmartConnection {
        guard location.hasPrefix("/"), !location.utf8.contains(0) else {
            throw .unavailable("its place is not an absolute path")
        }
        // Of a path that is not there, git says that somebody else owns it.
        guard FolderListing.exists(location) else {
            throw .unavailable("there is nothing at the place named for it")
        }
        let inside = location + "/.git"
        let path = FolderListing.exists(inside) ? inside : location
        var command = PeerCommand(
            program: "git", arguments: ["upload-pack", "--strict", path],
            trustedPath: path, searchPath: searchPath)
        command.memory = Self.memory
        return try PeerProcess(command, at: location, watch)
    }
}
