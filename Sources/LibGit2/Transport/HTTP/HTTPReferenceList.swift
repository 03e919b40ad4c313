/// The request for the list of references, redirects included.
final class HTTPReferenceList: SmartConnection {
    private static let suffix = "/info/refs?service=git-upload-pack"
    private static let maximumHops = 5

    private let session: HTTPSession
    private let watch: TransferWatch
    private var isOpen = false
    /// Where the repository is found to be.
    private(set) var address: HTTPAddress

    init(_ session: HTTPSession, _ address: HTTPAddress, _ watch: TransferWatch) {
        self.session = session
        self.address = address
        self.watch = watch
    }

    /// Asks for the list, and looks at how the answer begins.
    func open() throws(TransportError) {
        var visited: Set<HTTPAddress> = [address]
        while true {
            try session.begin(
                address.url(Self.suffix), headers: HTTPAnswer.headers + ["Accept: */*"], body: nil)
            try session.receiveHead(watch)
            guard HTTPAnswer.redirects.contains(session.head.status) else { break }
            let target = try session.finish(watch)
            guard let target, let next = address.redirected(to: target, suffix: Self.suffix) else {
                throw .unavailable("it redirects to another scheme, host or port, or to nothing")
            }
            guard visited.insert(next).inserted, visited.count <= Self.maximumHops + 1 else {
                throw .unavailable("its redirects come to no end")
            }
            address = next
        }
        try HTTPAnswer.require(session.head, "application/x-git-upload-pack-advertisement")
        // gitprotocol-http(5): clients must verify the first packet line.
        let first = try session.peek(Self.announcement.count, watch)
        guard first.elementsEqual(Self.announcement) else {
            throw .unavailable("it does not speak Git's smart protocol at its address")
        }
        isOpen = true
    }

    private static let announcement = Array("001e# service=git-upload-pack\n0000".utf8)

    func read(into room: inout MutableRawSpan) throws(TransportError) -> Int {
        try session.read(into: &room, watch)
    }

    func write(_ bytes: RawSpan) throws(TransportError) {
        throw .unavailable("the list of references takes no request")
    }

    func close() { session.end(isOpen ? watch : nil) }
}
