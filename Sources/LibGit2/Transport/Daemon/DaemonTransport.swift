/// Reaches a repository that `git daemon` serves (gitprotocol-pack(5), "Git Transport").
struct DaemonTransport: SmartTransport {
    let host: String
    let port: Int
    let path: String
    let access: PeerAccess

    var isStateless: Bool { false }

    var location: String { path }

    func connect(
        _ service: SmartService, _ watch: TransferWatch
    ) throws(TransportError) -> any SmartConnection {
        let connection = try DaemonConnection(host: host, port: port, access.connect, watch)
        let server = port == 9418 ? host : "\(host):\(port)"
        try connection.write(line: "git-upload-pack \(path)\0host=\(server)\0")
        return connection
    }
}
