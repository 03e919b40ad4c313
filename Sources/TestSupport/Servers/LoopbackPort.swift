#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#endif

/// Ports of this machine's loopback interface.
package enum LoopbackPort {
    /// A port that nobody listens on. Somebody else may take it before it is used.
    package static func free() throws -> Int {
        let socket = try LoopbackSocket()
        try socket.listen()
        return socket.port
    }

    /// Whether something listens on a port.
    package static func answers(_ port: Int) -> Bool {
        guard let socket = try? LoopbackSocket() else { return false }
        return socket.connect(to: port)
    }
}
