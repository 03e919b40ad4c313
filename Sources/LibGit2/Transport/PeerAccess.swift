/// How a peer is reached: what it is shown, whom it is believed, and how long it may be silent.
package struct PeerAccess: Sendable {
    /// What is sent to the peer, and only to scheme, host and port of the request's address.
    package var credential: PeerCredential?

    /// The file of the authorities that are trusted in place of the system's.
    package var authorities: String?

    /// The files of a client's certificate and key.
    package var certificate: String?
    package var key: String?

    /// A proxy's address, "" for none; nil means what this process's environment says.
    package var proxy: String?

    /// The file of the host keys that are trusted in place of the user's, for SSH.
    package var knownHosts: String?

    /// The path of a Unix socket of this host, which is connected to in place of the address.
    package var socket: String?

    /// For a connection to come about.
    package var connect: Duration

    /// For a connection on which nothing comes.
    package var idle: Duration

    package init(
        credential: PeerCredential? = nil, authorities: String? = nil, certificate: String? = nil,
        key: String? = nil, proxy: String? = nil, knownHosts: String? = nil,
        connect: Duration = .seconds(15), idle: Duration = .seconds(60)
    ) {
        self.credential = credential
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
        self.proxy = proxy
        self.knownHosts = knownHosts
        self.connect = connect
        self.idle = idle
    }
}
