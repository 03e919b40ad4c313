public import BundleModel

/// Where a server listens: a host and a port.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// A name or an address, without brackets.
    public let host: String
    /// The port; 0 for any that is free.
    public let port: Int

    /// Reads `host:port`, `[v6]:port` or `:port` (all addresses); throws `invalid_request`.
    public init(_ text: String) throws(SheafError) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else {
            throw Self.malformed(text)
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard host.contains(":") else { throw Self.malformed(text) }
        } else if host.contains(":") {
            throw Self.malformed(text)
        }
        let isPlain = host.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || ".:-%_".utf8.contains(byte)
        }
        guard isPlain else { throw Self.malformed(text) }
        self.host = host.isEmpty ? "0.0.0.0" : host
        self.port = Int(port)
    }

    /// Whether only this machine reaches it.
    public var isLoopback: Bool { LoopbackHost.matches(host) }

    /// Whether what a request gives as its host is a name of this machine for itself, with a port
    /// or without.
    ///
    /// A page of any site can make a browser ask a server of its own machine; the host of such a
    /// request is the site's, whatever address its name was made to stand for.
    public static func isLoopback(authority: String) -> Bool {
        let authority = authority.lowercased()
        if let address = try? ListenAddress(authority) { return address.isLoopback }
        return LoopbackHost.matches(authority == "[::1]" ? "::1" : authority)
    }

    /// `host:port`, as it is given.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func malformed(_ text: String) -> SheafError {
        SheafError(
            .invalidRequest, "'\(DisplayText.escape(String(text.prefix(80))))' is no address",
            hint: "give a host and a port, such as 127.0.0.1:7420 or [::1]:7420")
    }
}
