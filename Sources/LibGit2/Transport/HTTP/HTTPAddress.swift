/// The address of a repository at a web server.
package struct HTTPAddress: Sendable, Hashable {
    /// Whether the connection is encrypted.
    package let isSecure: Bool
    /// The name or address, in lower case; IPv6 in brackets.
    package let host: String
    package let port: Int
    /// Percent-encoded, without a slash at its end.
    package let path: String

    package init(isSecure: Bool, host: String, port: Int?, path: String) {
        self.isSecure = isSecure
        self.host = host.lowercased()
        self.port = port ?? Self.defaultPort(isSecure)
        var path = path
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    private static func defaultPort(_ isSecure: Bool) -> Int { isSecure ? 443 : 80 }

    private var scheme: String { isSecure ? "https" : "http" }

    /// Scheme, host and port.
    var origin: String { "\(scheme)://\(host):\(port)" }

    /// The address of something of the repository, with a path that begins with `/`.
    func url(_ suffix: String) -> String { origin(withDefaultPort: false) + path + suffix }

    private func origin(withDefaultPort isWritten: Bool) -> String {
        isWritten || port != Self.defaultPort(isSecure) ? origin : "\(scheme)://\(host)"
    }

    /// The repository that a redirect leads to from `<this>/<suffix>`; nil unless it has the same
    /// scheme, host and port, and ends as what was asked for, so that it is clear what else belongs
    /// to it.
    func redirected(to target: String, suffix: String) -> HTTPAddress? {
        guard target.utf8.count <= 4096,
            target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        for start in [origin, origin(withDefaultPort: false)] {
            guard target.lowercased().hasPrefix(start + "/"), target.hasSuffix(suffix) else {
                continue
            }
            let path = target.dropFirst(start.count).dropLast(suffix.count)
            guard !path.contains(where: { $0 == "?" || $0 == "#" }) else { return nil }
            return HTTPAddress(isSecure: isSecure, host: host, port: port, path: String(path))
        }
        return nil
    }
}
