/// Reads the location of a repository: RFC 3986 for what begins with a scheme, gitrepository-layout's
/// short form `host:path` for SSH, and less than either where more could be misunderstood.
enum RepositoryLocationReader {
    typealias Problem = RepositoryLocationProblem
    typealias Scheme = RepositoryLocation.Scheme

    private static let maximumBytes = 2048

    static func read(_ text: String) throws(Problem) -> RepositoryLocation {
        guard !text.unicodeScalars.contains(where: DisplayText.isDisturbing) else { throw .control }
        if text.hasPrefix("/") { return RepositoryLocation(text: text, scheme: .file, path: text) }
        guard text.utf8.count <= maximumBytes, !hidesDelimiter(text) else { throw .unsupported }
        guard let mark = text.firstRange(of: "://") else { return try short(text) }
        // A scheme ends at the first colon: `ext::sh -c true://` has another one.
        guard let scheme = Scheme(rawValue: text[..<mark.lowerBound].lowercased()) else {
            throw .unsupported
        }
        return try url(text, scheme, text[mark.upperBound...])
    }

    /// Whether an accent behind a character of ASCII, such as `/`, makes it another one to Swift.
    private static func hidesDelimiter(_ text: String) -> Bool {
        text.utf8.count { $0 < 0x80 } != text.count { $0.isASCII }
    }

    // MARK: URLs

    private static func url(
        _ text: String, _ scheme: Scheme, _ rest: Substring
    ) throws(Problem) -> RepositoryLocation {
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = rest[authority.endIndex...]
        let (user, server) = try split(authority, scheme)
        guard !path.contains(where: { $0 == "?" || $0 == "#" }) else { throw .query }
        guard path.utf8.count > 1 else { throw .path }
        if scheme == .file {
            guard server.isEmpty || server.lowercased() == "localhost" else { throw .host }
            return RepositoryLocation(
                text: text, scheme: .file, path: try RepositoryPath.decoded(path))
        }
        let (host, port) = try hostAndPort(server)
        var place = try RepositoryPath.checked(path)
        if scheme == .ssh || scheme == .git { place = try RepositoryPath.decoded(path) }
        // git-fetch(1): `ssh://host/~user/path` is relative to a home.
        if scheme == .ssh, place.hasPrefix("/~") { place.removeFirst() }
        return RepositoryLocation(
            text: text, scheme: scheme, user: user, host: host, port: port, path: place)
    }

    private static func split(
        _ authority: Substring, _ scheme: Scheme
    ) throws(Problem) -> (user: String?, server: Substring) {
        guard let at = authority.lastIndex(of: "@") else { return (nil, authority) }
        guard scheme == .ssh else { throw .userinfo }
        return (try account(authority[..<at]), authority[authority.index(after: at)...])
    }

    /// The name of an account, which is no secret; a password is one.
    private static func account(_ text: Substring) throws(Problem) -> String {
        if text.contains(":") { throw .password }
        guard let first = text.utf8.first, first != UInt8(ascii: "-"), text.utf8.count <= 64,
            text.utf8.allSatisfy({ isNameByte($0) || $0 == UInt8(ascii: ".") })
        else { throw .userinfo }
        return String(text)
    }

    // MARK: The short form

    private static func short(_ text: String) throws(Problem) -> RepositoryLocation {
        var rest = text[...]
        var user: String?
        let beforeSlash = rest.prefix { $0 != "/" }
        guard beforeSlash.contains(":") else { throw .unsupported }
        if let at = beforeSlash.firstIndex(of: "@"),
            !text[..<at].contains("[")
        {
            user = try account(text[..<at])
            rest = text[text.index(after: at)...]
        }
        let server: Substring
        let path: Substring
        if rest.hasPrefix("["), let end = rest.firstRange(of: "]:") {
            server = rest[..<end.lowerBound] + "]"
            path = rest[end.upperBound...]
        } else {
            guard let colon = rest.firstIndex(of: ":") else { throw .unsupported }
            server = rest[..<colon]
            path = rest[rest.index(after: colon)...]
        }
        // One letter is a drive of Windows; `name::` begins the address of a remote helper.
        guard server.utf8.count > 1, !path.hasPrefix(":") else { throw .unsupported }
        if path.contains("@") { throw .userinfo }
        let (host, port) = try hostAndPort(server)
        guard port == nil else { throw .host }
        return RepositoryLocation(
            text: text, scheme: .ssh, user: user, host: host,
            path: try RepositoryPath.literal(path))
    }

    // MARK: Hosts

    private static func hostAndPort(_ text: Substring) throws(Problem) -> (String, Int?) {
        var name = text
        var port: Int?
        if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
            port = try number(text[text.index(after: colon)...])
            name = text[..<colon]
        }
        if name.hasPrefix("["), name.hasSuffix("]") {
            let address = name.dropFirst().dropLast()
            guard isIPv6(address) else { throw .host }
            return (address.lowercased(), port)
        }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.utf8.first != UInt8(ascii: "-")
                && label.utf8.allSatisfy(isNameByte)
        }
        guard isName, name.utf8.count <= 253 else { throw .host }
        return (name.lowercased(), port)
    }

    private static func number(_ text: Substring) throws(Problem) -> Int {
        guard (1...5).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(text), (1...65535).contains(port)
        else { throw .port }
        return port
    }

    /// The form of an address: whether it is one, the system says when it connects.
    private static func isIPv6(_ text: Substring) -> Bool {
        (2...45).contains(text.utf8.count) && text.utf8.count { $0 == UInt8(ascii: ":") } >= 2
            && text.utf8.allSatisfy { byte in
                byte == 0x2E || byte == 0x3A || Hex.isLowercaseDigit(byte)
                    || (0x41...0x46).contains(byte)
            }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}
