/// The location of a remote that others can reach, without anything private in it.
///
/// Where userinfo cannot be told from a host or a path, the text is no location: a password that
/// holds a `/`, `?` or `#` would end up in what is published.
struct RemoteLocation {
    /// `git+<scheme>://<host>[:<port>]/<path>`.
    let text: String

    private static let schemes = [
        "https": "https", "http": "http", "ssh": "ssh", "git": "git", "git+ssh": "ssh",
        "ssh+git": "ssh",
    ]

    /// Reads a URL or the short form `user@host:path` of SSH; nil for a path of this host and for
    /// anything that is not a location.
    init?(_ remote: String) {
        guard !remote.isEmpty, remote.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }),
            !Self.hidesDelimiter(remote)
        else { return nil }
        if let mark = remote.firstRange(of: "://") {
            let scheme = Self.schemes[remote[..<mark.lowerBound].lowercased()]
            guard let scheme else { return nil }
            self.init(scheme: scheme, behindScheme: remote[mark.upperBound...])
        } else {
            self.init(shortForm: remote)
        }
    }

    private init?(scheme: String, behindScheme all: Substring) {
        let place = all.prefix { $0 != "?" && $0 != "#" }
        let authority = place.prefix { $0 != "/" }
        let path = place.dropFirst(authority.count)
        let mayHideUserinfo = authority.contains(":") && !authority.contains("@")
        guard !all.dropFirst(place.count).contains("@"),
            Self.isPath(path, allowingAt: !mayHideUserinfo)
        else { return nil }
        let host = Self.withoutUserinfo(authority)
        guard Self.isHost(host, allowingPort: true) else { return nil }
        text = "git+\(scheme)://\(host.lowercased())\(PercentEncoding.encode(urlPath: path))"
    }

    private init?(shortForm remote: String) {
        let host: Substring
        let path: Substring
        if let end = remote.firstRange(of: "]:"), remote.contains("[") {
            host = Self.withoutUserinfo(remote[..<end.lowerBound] + "]")
            path = remote[end.upperBound...]
        } else {
            guard let colon = remote.firstIndex(of: ":") else { return nil }
            host = Self.withoutUserinfo(remote[..<colon])
            path = remote[remote.index(after: colon)...]
        }
        // One letter is a drive of Windows; `name::` begins the address of a remote helper.
        guard host.count > 1, Self.isHost(host, allowingPort: false), !path.hasPrefix(":"),
            Self.isPath(path, allowingAt: true)
        else { return nil }
        let encoded = PercentEncoding.encode(urlPath: path.drop { $0 == "/" })
        text = "git+ssh://\(host.lowercased())/\(encoded)"
    }

    /// Whether an accent behind one of the characters that part a location makes it another one.
    private static func hidesDelimiter(_ text: String) -> Bool {
        let delimiters = Set("@:/?#[]".utf8)
        return text.utf8.count { delimiters.contains($0) }
            != text.count { $0.utf8.count == 1 && delimiters.contains($0.utf8.first ?? 0) }
    }

    private static func withoutUserinfo(_ authority: Substring) -> Substring {
        guard let at = authority.lastIndex(of: "@") else { return authority }
        return authority[authority.index(after: at)...]
    }

    /// Inside a part of a path, `@` may end a password with a slash in it; `@scope` is a name.
    private static func isPath(_ path: Substring, allowingAt: Bool) -> Bool {
        path.split(separator: "/").allSatisfy { part in
            !(allowingAt ? part.dropFirst() : part).contains("@")
        }
    }

    /// A name or address, with the port behind it where that is allowed.
    private static func isHost(_ text: Substring, allowingPort: Bool) -> Bool {
        var name = text
        if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
            let port = text[text.index(after: colon)...]
            guard allowingPort, (1...5).contains(port.utf8.count),
                port.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else { return false }
            name = text[..<colon]
        }
        if name.hasPrefix("["), name.hasSuffix("]") {
            let address = name.dropFirst().dropLast()
            return address.contains(":")
                && address.utf8.allSatisfy { byte in
                    byte == 0x2E || byte == 0x3A || Hex.isLowercaseDigit(byte)
                        || (0x41...0x46).contains(byte)
                }
        }
        guard let first = name.utf8.first, first != 0x2D else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
            default: false
            }
        }
    }
}
