internal import CLibcurlShims

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// A connection of TCP to one peer. libcurl makes it, which waits for no name server longer than it
/// may; the bytes go over the socket itself.
@safe  // the pointers never leave
final class DaemonConnection: SmartConnection {
    private let watch: TransferWatch
    private let origin: String
    private let connections: UnsafeMutableRawPointer
    private let request: UnsafeMutableRawPointer
    private var descriptor = FileDescriptor(rawValue: -1)
    private var isOpen = true

    init(
        host: String, port: Int, _ patience: Duration, _ watch: TransferWatch
    ) throws(TransportError) {
        self.watch = watch
        origin = "git://\(host):\(port)"
        guard let connections = unsafe HTTPConnections.shared.borrow(for: origin) else {
            throw .lacking("libcurl")
        }
        watch.moved()
        unsafe self.connections = unsafe connections
        let milliseconds = max(1, Int(watch.shortened(patience) / .milliseconds(1)))
        guard let request = unsafe sheaf_http_dial_new("http://\(host):\(port)/", milliseconds)
        else {
            unsafe HTTPConnections.shared.giveBack(connections, for: origin)
            throw .unavailable("libcurl cannot make a connection")
        }
        unsafe self.request = unsafe request
        unsafe _ = sheaf_http_add(connections, request)
        do throws(TransportError) { try connect() } catch {
            close()
            throw error
        }
    }

    deinit { close() }

    private func connect() throws(TransportError) {
        var code = CURLE_OK
        while true {
            try watch.check()
            switch unsafe sheaf_http_perform(connections, request, &code) {
            case 0: unsafe _ = sheaf_http_wait(connections, watch.waitMilliseconds)
            case 1 where code == CURLE_OK:
                descriptor = FileDescriptor(rawValue: unsafe sheaf_http_socket(request))
                watch.moved()
                return
            case 1: throw HTTPFailure.error(code, chainProblem: 0)
            default: throw .unavailable("libcurl cannot go on")
            }
        }
    }

    func read(into room: inout MutableRawSpan) throws(TransportError) -> Int {
        while true {
            try watch.check()
            let count = unsafe room.withUnsafeMutableBytes { unsafe descriptor.take(into: $0) }
            switch count {
            case .some(let count) where count > 0: return count
            case .some: throw .unavailable("the connection broke off")
            case nil: descriptor.wait(for: .readable, or: nil, atMost: watch.waitMilliseconds)
            }
        }
    }

    func write(_ bytes: RawSpan) throws(TransportError) {
        var position = 0
        while position < bytes.byteCount {
            try watch.check()
            let rest = bytes.extracting(position...)
            switch unsafe rest.withUnsafeBytes({ unsafe descriptor.give($0) }) {
            case .some(let count) where count > 0: position += count
            case .some: throw .unavailable("the connection broke off")
            case nil: descriptor.wait(for: .writable, or: nil, atMost: watch.waitMilliseconds)
            }
        }
    }

    /// Writes one line of the protocol: its length in four digits, itself included, and the text.
    func write(line text: String) throws(TransportError) {
        let digits = String(text.utf8.count + 4, radix: 16)
        let line = String(repeating: "0", count: max(0, 4 - digits.count)) + digits + text
        let bytes = Array(line.utf8)
        try unsafe write(bytes.span.bytes)
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        // The socket is the handle's, and goes with it.
        unsafe sheaf_http_remove(connections, request)
        unsafe sheaf_http_free(request)
        unsafe HTTPConnections.shared.giveBack(connections, for: origin)
    }
}
