/// One request of the transfer: what libgit2 writes is collected, and sent when it wants to read.
final class HTTPPackRequest: SmartConnection {
    private let session: HTTPSession
    private let address: HTTPAddress
    private let watch: TransferWatch
    private var body: [UInt8] = []
    private var isOpen = false

    init(_ session: HTTPSession, _ address: HTTPAddress, _ watch: TransferWatch) {
        self.session = session
        self.address = address
        self.watch = watch
    }

    func read(into room: inout MutableRawSpan) throws(TransportError) -> Int {
        if !isOpen { try open() }
        return try session.read(into: &room, watch)
    }

    private func open() throws(TransportError) {
        try session.begin(
            address.url("/git-upload-pack"),
            headers: HTTPAnswer.headers + [
                "Content-Type: application/x-git-upload-pack-request",
                "Accept: application/x-git-upload-pack-result",
            ], body: body)
        body = []
        try session.receiveHead(watch)
        try HTTPAnswer.require(session.head, "application/x-git-upload-pack-result")
        isOpen = true
    }

    func write(_ bytes: RawSpan) throws(TransportError) {
        unsafe bytes.withUnsafeBytes { unsafe body.append(contentsOf: $0) }
    }

    func close() { session.end(isOpen ? watch : nil) }
}
