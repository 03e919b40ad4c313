extension TextPass {
    private static let schemeSigns = ByteSet(ascii: "+-.:")
    /// Schemes whose user is the way in, and no credential without a password.
    private static let loginSchemes: Set<String> = [
        "ssh", "sftp", "scp", "rsync", "git+ssh", "ssh+git", "svn+ssh", "hg+ssh", "git", "vnc",
        "rdp", "telnet", "mosh",
    ]

    /// Schemes where a user alone is refused too.
    private static let userSchemes: Set<String> = [
        "http", "https", "git+http", "git+https", "hg+http", "hg+https", "ftp", "ftps", "ws", "wss",
        "dav", "davs", "webdav", "postgres", "postgresql", "mysql", "mysqlx", "mariadb", "mongodb",
        "mongodb+srv", "redis", "rediss", "valkey", "amqp", "amqps", "mqtt", "mqtts", "nats",
        "kafka", "stomp", "mssql", "sqlserver", "oracle", "clickhouse", "cockroachdb", "redshift",
        "memcached", "couchdb", "influxdb", "smtp", "smtps", "ldap", "ldaps", "socks5", "s3",
    ]

    /// Looks for `user:password@` and `token@` behind `scheme://`.
    mutating func look(forUserInformationAt literal: Range<Int>, in bytes: Span<UInt8>) {
        var start = literal.lowerBound
        while start > 0, literal.lowerBound - start < 40,
            bytes[start - 1].isASCIIAlphanumeric || Self.schemeSigns.contains(bytes[start - 1])
        {
            start -= 1
        }
        let name = bytes.copy(start..<literal.lowerBound).map(\.asciiFolded)
        let scheme = String(
            decoding: name.split(separator: UInt8(ascii: ":")).last ?? [], as: UTF8.self)
        guard !scheme.isEmpty, let end = userInformationEnd(after: literal.upperBound, in: bytes)
        else { return }
        let userInformation = bytes.copy(literal.upperBound..<end)
        let colon = userInformation.firstIndex(of: UInt8(ascii: ":"))
        let user = Array(userInformation[..<(colon ?? userInformation.count)])
        let password = colon.map { Array(userInformation[($0 + 1)...]) }
        if let password {
            guard !password.isEmpty, !isHarmless(password) else { return }
        } else {
            let base = scheme.split(separator: "+").first.map(String.init) ?? scheme
            guard !Self.loginSchemes.contains(scheme),
                Self.userSchemes.contains(scheme) || Self.userSchemes.contains(base),
                !user.isEmpty, !isHarmless(user, isAlone: true)
            else { return }
        }
        found.append(
            SecretMatch(.userInformation, range: literal.upperBound..<end, in: bytes))
    }

    /// Whether a part is made of placeholders only; in running text also one that says what it is:
    /// `user:password@`, `postgres:postgres@`.
    private func isHarmless(_ part: [UInt8], isAlone: Bool = false) -> Bool {
        for text in [part, PercentText.decoded(part[...])]
        where Placeholder.covers(text, others: 0, isDefaultAccepted: { _ in true }) {
            return true
        }
        if StandIn.isMasked(part) || scan.values.hasPlaceholderWord(part)
            || StandIn.isNameOfVariable(part)
        {
            return true
        }
        if isStrict { return false }
        if isAlone {
            let words = KeyWords(part)
            return (0..<words.count).allSatisfy { Self.roles.contains(words[$0]) }
        }
        return part.count <= 2 || scan.values.isCommon(part) || part.allSatisfy(\.isASCIIDigit)
    }

    /// What documents write for a user or token that the reader is to fill in.
    private static let roles = WordSet([
        "user", "username", "usr", "name", "login", "password", "pass", "token", "key", "api", "me",
    ])

    /// The index of the last `@` before the host, or nil when there is none.
    private func userInformationEnd(after start: Int, in bytes: Span<UInt8>) -> Int? {
        var at: Int?
        var index = start
        var closing: UInt8 = 0
        let limit = min(bytes.count, start + 512)
        while index < limit {
            let byte = bytes[index]
            if closing != 0 {
                // Inside a placeholder; it ends on the same line.
                if byte == closing { closing = 0 }
                if byte == UInt8(ascii: "\n") { return at }
                index += 1
                continue
            }
            switch byte {
            case UInt8(ascii: "@"): at = index
            case UInt8(ascii: "<"): closing = UInt8(ascii: ">")
            case UInt8(ascii: "{"): closing = UInt8(ascii: "}")
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\""),
                UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "\\"), UInt8(ascii: ")"),
                UInt8(ascii: "]"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "}"),
                0...0x20:
                return at
            default: if byte >= 0x80 { return at }
            }
            index += 1
        }
        return at
    }
}
