/// The location of a remote that others can reach, without anything private in it.
struct RemoteLocation {
    /// `git+<scheme>://<host>[:<port>]/<path>`.
    let text: String

    private static let schemes: Set<Substring> = ["https", "http", "ssh", "git"]

    /// Reads a URL or the short form `user@host:path` of SSH; nil for a path of this host and for
    /// anything that is not a location.
    init?(_ remote: String) {
        guard !remote.isEmpty, remote.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            return nil
        }
        if let mark = remote.firstRange(of: "://") {
            let scheme = remote[..<mark.lowerBound].lowercased()
            guard Self.schemes.contains(scheme[...]) else { return nil }
            let rest = remote[mark.upperBound...].prefix { $0 != "?" && $0 != "#" }
            let authority = rest.prefix { $0 != "/" }
            let host =
                authority.lastIndex(of: "@").map {
                    authority[authority.index(after: $0)...]
                } ?? authority
            guard Self.isHost(host) else { return nil }
            let path = rest.dropFirst(authority.count)
            text = "git+\(scheme)://\(host.lowercased())\(Self.encodePath(path))"
        } else {
            guard let colon = remote.firstIndex(of: ":") else { return nil }
            let authority = remote[..<colon]
            let host =
                authority.lastIndex(of: "@").map {
                    authority[authority.index(after: $0)...]
                } ?? authority
            guard !authority.contains("/"), host.count > 1, Self.isHost(host) else { return nil }
            let path = remote[remote.index(after: colon)...].drop { $0 == "/" }
            text = "git+ssh://\(host.lowercased())/\(Self.encodePath(path))"
        }
    }

    static func encode(_ name: String, keepingSlash: Bool) -> String {
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            if isUnreserved(byte) || (keepingSlash && byte == 0x2F) {
                bytes.append(byte)
            } else {
                bytes.append(0x25)
                Hex.append(CollectionOfOne(byte), to: &bytes)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Encodes what a URL's path may not hold and leaves what is encoded already.
    private static func encodePath(_ path: Substring) -> String {
        var bytes: [UInt8] = []
        for byte in path.utf8 {
            if isUnreserved(byte) || byte == 0x2F || byte == 0x25 || byte == 0x2B {
                bytes.append(byte)
            } else {
                bytes.append(0x25)
                Hex.append(CollectionOfOne(byte), to: &bytes)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func isEncodedName(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isUnreserved($0) || $0 == 0x25 }
    }

    static func isEncodedPath(_ text: Substring) -> Bool {
        guard !text.isEmpty, !text.hasPrefix("/") else { return false }
        return text.utf8.allSatisfy { isUnreserved($0) || $0 == 0x25 || $0 == 0x2F }
            && !text.split(separator: "/").contains("..")
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }

    private static func isHost(_ host: Substring) -> Bool {
        guard let first = host.utf8.first, first != 0x2D else { return false }
        return host.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5B, 0x5D, 0x5F: true
            default: false
            }
        }
    }
}
