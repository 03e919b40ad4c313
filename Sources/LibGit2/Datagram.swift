internal import CLibgit2Shims

/// One message to a Unix socket of this host, as a service manager expects them.
package enum Datagram {
    /// Sends a text to a socket: at a path, or an abstract one where the name begins with `@`. Says
    /// whether that worked; it never waits.
    package static func send(_ text: String, to name: String) -> Bool {
        let bytes = Array(text.utf8)
        return unsafe bytes.withUnsafeBytes {
            unsafe sheaf_send_datagram(name, $0.baseAddress, $0.count) == 0
        }
    }
}
