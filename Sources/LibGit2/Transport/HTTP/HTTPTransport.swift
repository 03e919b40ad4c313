/// Reaches a repository over Git's smart HTTP protocol (gitprotocol-http(5)), version 0, by libcurl.
///
/// Every request is an exchange of its own; they share a connection. The list of references may be
/// redirected, within scheme, host and port; the transfer goes to where that led.
final class HTTPTransport: SmartTransport {
    private let address: HTTPAddress
    private let access: PeerAccess
    private var base: HTTPAddress
    private var session: HTTPSession?

    init(_ address: HTTPAddress, _ access: PeerAccess) {
        self.address = address
        self.access = access
        base = address
    }

    var isStateless: Bool { true }

    var location: String { address.url("") }

    func connect(
        _ service: SmartService, _ watch: TransferWatch
    ) throws(TransportError) -> any SmartConnection {
        let session = try session(watch)
        switch service {
        case .uploadPackList:
            let list = HTTPReferenceList(session, base, watch)
            try list.open()
            base = list.address
            return list
        case .uploadPack:
            return HTTPPackRequest(session, base, watch)
        }
    }

    private func session(_ watch: TransferWatch) throws(TransportError) -> HTTPSession {
        if let session { return session }
        let made = try HTTPSession(for: address, access, watch)
        session = made
        return made
    }
}
