#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#endif

/// A socket of TCP on this machine's loopback interface, whose calls block.
///
/// One thread may read, another write, and any may end it with ``shutdown()``.
package final class LoopbackSocket: Sendable {
    /// The system refused.
    package struct Failure: Error {
        /// `errno`.
        package let number: Int32
    }

    private let descriptor: Int32

    /// A socket that is neither connected nor listening.
    package init() throws {
        #if canImport(Darwin)
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        #endif
        guard descriptor >= 0 else { throw Failure(number: errno) }
    }

    private init(owning descriptor: Int32) {
        self.descriptor = descriptor
        setNoDelay()
    }

    deinit { _ = close(descriptor) }

    /// Listens on a port that nobody has.
    package func listen() throws {
        var address = Self.address(0)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, size)
            }
        }
        guard bound == 0, Self.listen(descriptor) == 0 else { throw Failure(number: errno) }
    }

    private static func listen(_ descriptor: Int32) -> Int32 {
        #if canImport(Darwin)
            Darwin.listen(descriptor, 64)
        #else
            Glibc.listen(descriptor, 64)
        #endif
    }

    /// The port of this end.
    package var port: Int {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe _ = getsockname(descriptor, $0, &size)
            }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Connects; says whether that worked.
    package func connect(to port: Int) -> Bool {
        var address = Self.address(port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Self.connect(descriptor, $0, size)
            }
        }
        if result == 0 { setNoDelay() }
        return result == 0
    }

    @unsafe
    private static func connect(
        _ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t
    ) -> Int32 {
        #if canImport(Darwin)
            unsafe Darwin.connect(descriptor, address, size)
        #else
            unsafe Glibc.connect(descriptor, address, size)
        #endif
    }

    /// Waits for a connection; nil when listening has ended.
    package func accept() -> LoopbackSocket? {
        while true {
            #if canImport(Darwin)
                let accepted = Darwin.accept(descriptor, nil, nil)
            #else
                let accepted = Glibc.accept(descriptor, nil, nil)
            #endif
            if accepted >= 0 {
                _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
                return LoopbackSocket(owning: accepted)
            }
            if errno != EINTR && errno != ECONNABORTED { return nil }
        }
    }

    /// Waits for bytes; none at the end.
    package func read(atMost count: Int = 64 << 10) -> [UInt8] {
        while true {
            var isInterrupted = false
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                let got = unsafe recv(descriptor, buffer.baseAddress, count, 0)
                isInterrupted = got < 0 && errno == EINTR
                filled = max(0, got)
            }
            if !isInterrupted { return bytes }
        }
    }

    /// Writes all of it; says whether the other end was there to take it.
    @discardableResult
    package func write(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let sent = unsafe rest.withUnsafeBytes {
                unsafe send(descriptor, $0.baseAddress, $0.count, Self.noSignal)
            }
            if sent < 0, errno == EINTR { continue }
            if sent <= 0 { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    /// Ends both directions: whoever waits on this socket returns.
    package func shutdown() {
        #if canImport(Darwin)
            _ = Darwin.shutdown(descriptor, SHUT_RDWR)
        #else
            _ = Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
        #endif
    }

    /// Ends what is written; the other end may go on.
    package func endWriting() {
        #if canImport(Darwin)
            _ = Darwin.shutdown(descriptor, SHUT_WR)
        #else
            _ = Glibc.shutdown(descriptor, Int32(SHUT_WR))
        #endif
    }

    private func setNoDelay() {
        var isOn: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        unsafe _ = setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, size)
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static var noSignal: Int32 {
        #if canImport(Darwin)
            0
        #else
            Int32(MSG_NOSIGNAL)
        #endif
    }
}
