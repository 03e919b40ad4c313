extension TextPass {
    private static let hostEnds = ByteSet(ascii: "\"'`()[]{}<>|\\")
    private static let schemeSigns = ByteSet(ascii: "+-.:")
    /// Schemes whose user is the way in, and no credential without a password.
    private static let loginSchemes = Set(WordList.loginScheme.words)

    /// Schemes where a user alone is refused too.
    private static let userSchemes = Set(WordList.userScheme.words)

    /// Looks for `user:password@` and `token@` behind `scheme://`.
    mutating func look(forUserInformationAt literal: Range<Int>, in bytes: Span<UInt8>) {
        var start = literal.lowerBound
        while start > 0, literal.lowerBound - start < 40,
            bytes[start - 1].isASCIIAlphanumeric || Self.schemeSigns.contains(bytes[start - 1])
        {
            start -= 1
        }
        guard start < literal.lowerBound,
            let end = userInformationEnd(after: literal.upperBound, in: bytes)
        else { return }
        let name = bytes.copy(start..<literal.lowerBound).map(\.asciiFolded)
        let scheme = Array(name.split(separator: UInt8(ascii: ":")).last ?? [])
        guard !scheme.isEmpty else { return }
        let userInformation = bytes.copy(literal.upperBound..<end)
        let colon = userInformation.firstIndex(of: UInt8(ascii: ":"))
        let user = Array(userInformation[..<(colon ?? userInformation.count)])
        let password = colon.map { Array(userInformation[($0 + 1)...]) }
        if let password {
            guard !password.isEmpty, !isHarmless(password) else { return }
        } else {
            let base = Array(scheme.prefix { $0 != UInt8(ascii: "+") })
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
        let bytes = part
        let part = ValueBytes(bytes)
        if Placeholder.covers(part, others: 0, isDefaultAccepted: { _ in true }) { return true }
        if part.has("%"),
            Placeholder.covers(
                ValueBytes(PercentText.decoded(bytes.span)), others: 0,
                isDefaultAccepted: { _ in true })
        {
            return true
        }
        if StandIn.isMasked(part, isWhole: isStrict) || scan.values.hasPlaceholderWord(part)
            || StandIn.isNameOfVariable(part)
        {
            return true
        }
        if isStrict { return false }
        if isAlone {
            let words = KeyWords(bytes)
            return (0..<words.count).allSatisfy { words.contains($0, in: Self.roles) }
        }
        return part.count <= 2 || scan.values.isCommon(part) || part.consists(of: .digits)
    }

    /// What documents write for a user or token that the reader is to fill in.
    private static let roles = WordSet([
        "user", "username", "usr", "name", "login", "password", "pass", "token", "key", "api", "me",
    ])

    /// The index of the last `@` before the host, or nil when there is none.
    private mutating func userInformationEnd(after start: Int, in bytes: Span<UInt8>) -> Int? {
        var at: Int?
        var index = start
        let limit = min(bytes.count, start + 512)
        while index < limit {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "@"): at = index
            case UInt8(ascii: "<"), UInt8(ascii: "{"):
                // A placeholder; it ends on the same line. Its sign ends two behind the opening.
                let first = index + 1
                guard let end = placeholderEnd(byte + 2, from: first, to: limit, in: bytes)
                else { return at }
                index = end
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"):
                // None of these belongs into a password, and some people write it there.
                return at ?? userInformationEnd(over: index, after: start, in: bytes)
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "\\"),
                UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "|"), UInt8(ascii: ">"),
                UInt8(ascii: "}"), 0...0x20:
                return at
            default: if byte >= 0x80 { return at }
            }
            index += 1
        }
        return at
    }

    private mutating func placeholderEnd(
        _ closing: UInt8, from start: Int, to limit: Int, in bytes: Span<UInt8>
    ) -> Int? {
        var index = open.end(without: Int(closing), from: start)
        defer { open.add(Int(closing), from: start, to: min(index, limit)) }
        while index < limit, bytes[index] != UInt8(ascii: "\n") {
            if bytes[index] == closing { return index }
            index += 1
        }
        return nil
    }

    /// The `@` behind a `/`, `?` or `#` that a password holds: a user and a colon stand before it
    /// and are no host with its port, and a host follows.
    private func userInformationEnd(
        over sign: Int, after start: Int, in bytes: Span<UInt8>
    ) -> Int? {
        guard let colon = (start..<sign).first(where: { bytes[$0] == UInt8(ascii: ":") }),
            colon > start, colon + 1 < sign,
            !(colon + 1..<sign).allSatisfy({ bytes[$0].isASCIIDigit }),
            !(start..<colon).contains(where: { bytes[$0] == UInt8(ascii: ".") })
        else { return nil }
        var index = sign + 1
        let limit = min(bytes.count, sign + 64)
        while index < limit, bytes[index] > 0x20, bytes[index] < 0x7F,
            !Self.hostEnds.contains(bytes[index])
        {
            if bytes[index] == UInt8(ascii: "@") {
                return index + 1 < bytes.count && bytes[index + 1].isASCIIAlphanumeric
                    ? index : nil
            }
            index += 1
        }
        return nil
    }
}
