/// Files of a host that decide whom it believes, and how it proves itself, where the system's own
/// are not meant.
package struct RemoteTrust: Hashable, Sendable {
    /// The authorities that sign certificates of servers.
    package var authorities: String?
    /// The certificate of this host, as a client.
    package var certificate: String?
    /// The key that goes with it.
    package var key: String?
    /// The keys of hosts, for SSH.
    package var knownHosts: String?

    /// With these files, in place of the system's.
    package init(
        authorities: String? = nil, certificate: String? = nil, key: String? = nil,
        knownHosts: String? = nil
    ) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
        self.knownHosts = knownHosts
    }
}
