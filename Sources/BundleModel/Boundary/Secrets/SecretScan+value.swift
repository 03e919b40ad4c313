extension SecretScan {
    private static let nameBytes = ByteSet.word.union(ByteSet(ascii: "-. "))
    private static let passwordBytes = ByteSet.digits.union(ByteSet(ascii: "!@#$%^&*?"))
    /// Matches in one decoded scalar: what stands anywhere in its text, and a literal under a key
    /// that names a secret.
    func matches(in value: ScannedValue) -> [BoundaryMatch] {
        var memory = ScanMemory()
        return matches(in: value, &memory)
    }

    /// The same, with what earlier values of the file left to remember.
    func matches(in value: ScannedValue, _ memory: inout ScanMemory) -> [BoundaryMatch] {
        let text = value.text.span
        // What an alias stands for was looked at where it is written.
        if value.isAlias {
            return isLiteral(value, &memory) ? [refusal(0..<value.text.count, of: value)] : []
        }
        // Most values hold no literal of any rule and are too short to hold another text.
        let prospect = value.prospect ?? prospect(of: text)
        let found = matches(
            in: text, isStrict: value.style != .comment, isOpen: isOpen(text, prospect),
            &memory.written)
        if !found.isEmpty { return found }
        switch value.style {
        case .comment, .key: return []
        case .plain, .quoted, .block, .binary: break
        }
        if prospect != .none, let range = assignedLiteral(in: value.text, &memory) {
            return [refusal(range, of: value)]
        }
        return isLiteral(value, &memory) ? [refusal(0..<value.text.count, of: value)] : []
    }

    /// Whether the text of a scalar holds nothing that is refused under a key which names no
    /// secret.
    func isHarmless(_ text: Span<UInt8>) -> Bool {
        guard text.count < Base64Text.shortest else { return false }
        return isWhollyHarmless(text, prospect(of: text))
    }

    /// The same for a text whose prospect is known.
    func isWhollyHarmless(_ text: Span<UInt8>, _ prospect: Prospect) -> Bool {
        guard text.count < Base64Text.shortest, !isOpen(text, prospect) else { return false }
        // A name that no literal leads to may stand before it.
        return prospect != .cramped || !ByteSet(of: text).contains(UInt8(ascii: "="))
    }

    /// Whether there may be a match at a literal of a text.
    private func isOpen(_ text: Span<UInt8>, _ prospect: Prospect) -> Bool {
        switch prospect {
        case .none, .cramped: return false
        // A key with nothing behind it that joins it to a value.
        case .keys: return !ByteSet(of: text).isSubset(of: TextPass.keyBytes)
        case .some: return true
        }
    }

    /// Whether the scalar is a literal under a key that names a secret.
    private func isLiteral(_ value: ScannedValue, _ memory: inout ScanMemory) -> Bool {
        // A number is accepted whatever its key, and most values under `maxTokens` are one.
        guard let first = value.text.first,
            value.style != .plain || !first.isASCIIDigit
                || !StandIn.isNumber(ValueBytes(value.text)),
            let meaning = meaning(of: value, &memory), !isNameBehindTag(value)
        else { return false }
        // So much text stands in for nothing.
        if value.text.count > 64 * 1024 { return meaning == .secret }
        let text = ValueBytes(value.text)
        guard
            !values.isStandIn(
                text, isQuoted: value.style != .plain, isWhole: true,
                key: value.pairName ?? value.key ?? [])
        else { return false }
        switch meaning {
        case .secret: return true
        case .several: return !StandIn.isName(text) || values.looksSecret(text)
        case .perhaps:
            let isBelowSeveral = isBelowSeveral(value)
            return looksLikeLiteral(text, isCommonRefused: isBelowSeveral)
                || isBelowSeveral && isPassphrase(value.text)
        case .described:
            return text.count >= 12 && values.looksSecret(text)
                && !text.consists(of: .hexDigits) && !StandIn.isDigest(text)
        }
    }

    /// `!secret db_password`, `!Ref DbPassword`: a name that whoever reads the file resolves.
    private func isNameBehindTag(_ value: ScannedValue) -> Bool {
        guard let tag = value.tag, Self.referenceTags.contains(tag.map(\.asciiFolded)) else {
            return false
        }
        return value.text.count <= 128 && !values.looksSecret(ValueBytes(value.text))
            && value.text.allSatisfy {
                $0.isASCIIAlphanumeric || "_-./:@#".utf8.contains($0)
            }
    }

    /// Tags of Home Assistant, CloudFormation, GitLab, Ansible, Serverless and their kin.
    private static let referenceTags: Set<[UInt8]> = Set(
        """
        secret secrets env env_var envvar ref getatt importvalue findinmap reference keyring \
        vault ssm var variable input include file cred credential config
        """.split(separator: " ").map { Array($0.utf8) })

    private func refusal(_ range: Range<Int>, of value: ScannedValue) -> BoundaryMatch {
        SecretMatch(.literal, range: range, in: value.text.span).boundaryMatch
    }

    /// What the keys around a scalar, or the scalar that names it, say of it.
    private func meaning(
        of value: ScannedValue, _ memory: inout ScanMemory
    ) -> KeyVocabulary.Meaning? {
        if let name = value.pairName, let meaning = meaning(of: name, &memory) { return meaning }
        guard let key = value.key else { return nil }
        if let meaning = meaning(of: key, &memory) {
            return isPartOfSchema(value) ? nil : meaning
        }
        // `secrets: { db: … }`: what stands under the names of several secrets.
        guard value.keys.count >= 2 else { return nil }
        let above = value.keys[value.keys.count - 2]
        guard let meaning = meaning(of: above, &memory), !keys.isMetadata(key),
            !isPartOfSchema(value)
        else { return nil }
        if keys.isNeutral(key) { return meaning }
        return meaning == .secret ? nil : .perhaps
    }

    private func meaning(
        of key: [UInt8], _ memory: inout ScanMemory
    ) -> KeyVocabulary.Meaning? {
        memory.meanings.fact(of: key.span) { keys.meaning(of: $0) }
    }

    /// The literal in `NAME=value` and `--name=value`, as lists of environments and arguments have
    /// them, and in pairs as connection strings and queries have them, when the name is that of a
    /// secret.
    private func assignedLiteral(
        in text: [UInt8], _ memory: inout ScanMemory
    ) -> Range<Int>? {
        guard text.contains(UInt8(ascii: "=")) else { return nil }
        let bytes = text.span
        var start = 0
        if let query = text.firstIndex(of: UInt8(ascii: "?")), text.holds("://") {
            start = query + 1
        }
        let joint: UInt8 =
            text[start...].contains(UInt8(ascii: ";"))
            ? UInt8(ascii: ";") : start > 0 ? UInt8(ascii: "&") : 0x20
        var found: Range<Int>?
        var isFirst = true
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != joint { end += 1 }
            let part = start..<end
            start = end + 1
            if part.isEmpty { continue }
            defer { isFirst = false }
            guard let sign = Self.signBehindName(in: part, of: bytes) else {
                // A driver and a host may stand before the pairs.
                if isFirst, joint == UInt8(ascii: ";"), text[part].contains(UInt8(ascii: ":")) {
                    continue
                }
                return nil
            }
            if found == nil, isLiteral(in: part, sign: sign, of: bytes, &memory) {
                found = sign + 1..<part.upperBound
            }
        }
        return found
    }

    /// Where the `=` of `NAME=value` stands.
    private static func signBehindName(in part: Range<Int>, of bytes: Span<UInt8>) -> Int? {
        let nameBytes = nameBytes
        for index in part.lowerBound..<min(part.upperBound, part.lowerBound + 128) {
            if bytes[index] == UInt8(ascii: "=") { return index }
            if !nameBytes.contains(bytes[index]) { return nil }
        }
        return nil
    }

    /// Whether the name in `NAME=value` is that of a secret, and the value a literal.
    private func isLiteral(
        in part: Range<Int>, sign: Int, of bytes: Span<UInt8>, _ memory: inout ScanMemory
    ) -> Bool {
        var name = part.lowerBound
        while name < sign, bytes[name] == UInt8(ascii: "-") || bytes[name] == 0x20 { name += 1 }
        let key = name..<sign
        guard !key.isEmpty,
            memory.written.keys.fact(of: bytes.extracting(key), { keys.meaning(ofKey: $0) })
                == .secret
        else { return false }
        let value = ValueBytes(bytes.copy(sign + 1..<part.upperBound))
        return !value.hasAny(of: Self.blanks)
            && !values.isStandIn(value, isQuoted: true, isWhole: true)
    }

    private static let blanks = ByteSet(0...0x20)

    private static let schemaKeys = WordSet(WordList.schemaKey.words)
    private static let longestSchemaKey = 32

    private func isPartOfSchema(_ value: ScannedValue) -> Bool {
        value.keys.dropLast().suffix(16).contains { key in
            key.count <= Self.longestSchemaKey && Self.schemaKeys.contains(key)
        }
    }

    /// Whether the key names one of several secrets: `secrets: { db: … }`.
    private func isBelowSeveral(_ value: ScannedValue) -> Bool {
        guard value.keys.count >= 2, let key = value.key, keys.meaning(of: key.span) == nil else {
            return false
        }
        let above = value.keys[value.keys.count - 2]
        return keys.meaning(of: above.span) == .several
    }

    /// Several words of small letters and nothing else, as no sentence and no label is.
    private func isPassphrase(_ value: [UInt8]) -> Bool {
        let words = StandIn.trimmed(value).split(separator: 0x20)
        return (4...8).contains(words.count)
            && words.allSatisfy { $0.count >= 3 && $0.allSatisfy(\.isASCIILower) }
    }

    /// A value that is neither a word nor a name of something.
    private func looksLikeLiteral(_ value: ValueBytes, isCommonRefused: Bool) -> Bool {
        let value = AuthenticationScheme.stripped(value) ?? StandIn.trimmed(value)
        guard !value.has(" ") else { return false }
        if StandIn.isDigest(value) { return false }
        if values.looksSecret(value) || StandIn.isUUID(value) || values.isGuessable(value.bytes) {
            return true
        }
        if values.isNameAndPassword(value.bytes, isStrict: true) { return true }
        return value.count >= 6 && !StandIn.isName(value)
            && value.hasAny(of: Self.passwordBytes)
            && (isCommonRefused || !values.isCommon(value))
    }
}
