/// Where a repository is that something is fetched from.
///
/// Whoever makes one has looked at its parts: here they go into requests and commands as they are.
package enum PeerAddress: Sendable, Hashable {
    /// An absolute path of this host.
    case path(String)

    /// A server that speaks Git's smart protocol over HTTP.
    case http(HTTPAddress)

    /// An account at a host whose `git-upload-pack` is run over SSH.
    case ssh(user: String?, host: String, port: Int?, path: String)

    /// Git's own daemon.
    case daemon(host: String, port: Int, path: String)
}
