/// A place in the network that a grant allows: `host:port`.
///
/// The host is a name, an IPv4 address or an IPv6 address in brackets; `*.` in front of a name
/// stands for every name below it. There is no form for every host or every port.
public struct NetworkDestination: Hashable, Sendable, CustomStringConvertible {
    /// The host as it was written, brackets included.
    public let host: String
    /// The port, 1 to 65535.
    public let port: Int

    /// Reads a destination; nil when it is not of the form.
    public init?(_ text: String) {
        guard let colon = text.utf8.lastIndex(of: 0x3A),
            let port = Self.port(text[colon...].dropFirst())
        else { return nil }
        let host = String(text[..<colon])
        guard Self.isName(host) || Self.isBracketed(host) else { return nil }
        self.host = host
        self.port = port
    }

    /// The destination as text.
    public var description: String { "\(host):\(port)" }

    private static func port(_ text: Substring) -> Int? {
        guard (1...5).contains(text.utf8.count), text.utf8.first != 0x30,
            text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let port = Int(text),
            port <= 65_535
        else { return nil }
        return port
    }

    private static func isName(_ host: String) -> Bool {
        let name = host.hasPrefix("*.") ? host.dropFirst(2) : host[...]
        guard name.utf8.count <= 253 else { return false }
        return name.utf8.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy {
            guard let first = $0.first, let last = $0.last, $0.count <= 63 else { return false }
            return first != 0x2D && last != 0x2D && $0.allSatisfy(isNameByte)
        }
    }

    private static func isBracketed(_ host: String) -> Bool {
        let inside = host.utf8.dropFirst().dropLast()
        return host.hasPrefix("[") && host.hasSuffix("]") && inside.contains(0x3A)
            && inside.allSatisfy { isHex($0) || $0 == 0x3A || $0 == 0x2E }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == 0x2D || byte == 0x5F || (byte >= 0x41 && byte <= 0x5A)
            || (byte >= 0x61 && byte <= 0x7A)
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
