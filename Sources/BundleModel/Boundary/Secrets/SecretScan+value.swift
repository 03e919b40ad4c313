extension SecretScan {
    private static let nameBytes = ByteSet.word.union(ByteSet(ascii: "-. "))
    private static let passwordSigns = ByteSet(ascii: "!@#$%^&*?")
    /// Matches in one decoded scalar: what stands anywhere in its text, and a literal under a key
    /// that names a secret.
    func matches(in value: ScannedValue) -> [BoundaryMatch] {
        let text = value.text.span
        // What an alias stands for was looked at where it is written.
        if value.isAlias {
            return isLiteral(value) ? [refusal(0..<value.text.count, of: value)] : []
        }
        // Most values hold no literal of any rule and are too short to hold another text.
        let hasLiteral = text.count >= shortest && search.isFound(in: text)
        if hasLiteral || text.count >= Base64Text.shortest {
            let found = matches(in: text, isStrict: value.style != .comment)
            if !found.isEmpty { return found }
        }
        switch value.style {
        case .comment, .key: return []
        case .plain, .quoted, .block, .binary: break
        }
        if hasLiteral, let range = assignedLiteral(in: value.text) {
            return [refusal(range, of: value)]
        }
        return isLiteral(value) ? [refusal(0..<value.text.count, of: value)] : []
    }

    /// Whether the text of a scalar holds nothing that is refused under a key which names no
    /// secret.
    func isHarmless(_ text: Span<UInt8>) -> Bool {
        text.count < Base64Text.shortest && (text.count < shortest || !search.isFound(in: text))
    }

    /// Whether the scalar is a literal under a key that names a secret.
    private func isLiteral(_ value: ScannedValue) -> Bool {
        // A number is accepted whatever its key, and most values under `maxTokens` are one.
        guard let first = value.text.first,
            value.style != .plain || !first.isASCIIDigit || !StandIn.isNumber(value.text),
            let meaning = meaning(of: value), !isNameBehindTag(value)
        else { return false }
        // So much text stands in for nothing.
        if value.text.count > 64 * 1024 { return meaning == .secret }
        guard
            !values.isStandIn(
                value.text, isQuoted: value.style != .plain, isWhole: true,
                key: value.pairName ?? value.key ?? [])
        else { return false }
        switch meaning {
        case .secret: return true
        case .several: return !StandIn.isName(value.text) || values.looksSecret(value.text)
        case .perhaps:
            let isBelowSeveral = isBelowSeveral(value)
            return looksLikeLiteral(value.text, isCommonRefused: isBelowSeveral)
                || isBelowSeveral && isPassphrase(value.text)
        case .described:
            return value.text.count >= 12 && values.looksSecret(value.text)
                && !value.text.allSatisfy(\.isHexDigit) && !StandIn.isDigest(value.text)
        }
    }

    /// `!secret db_password`, `!Ref DbPassword`: a name that whoever reads the file resolves.
    private func isNameBehindTag(_ value: ScannedValue) -> Bool {
        guard let tag = value.tag, Self.referenceTags.contains(tag.map(\.asciiFolded)) else {
            return false
        }
        return value.text.count <= 128 && !values.looksSecret(value.text)
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
    private func meaning(of value: ScannedValue) -> KeyVocabulary.Meaning? {
        if let name = value.pairName, let meaning = keys.meaning(of: name.span) { return meaning }
        guard let key = value.key else { return nil }
        if let meaning = keys.meaning(of: key.span) {
            return isPartOfSchema(value) ? nil : meaning
        }
        // `secrets: { db: … }`: what stands under the names of several secrets.
        guard value.keys.count >= 2 else { return nil }
        let above = value.keys[value.keys.count - 2]
        guard let meaning = keys.meaning(of: above.span), !keys.isMetadata(key),
            !isPartOfSchema(value)
        else { return nil }
        if keys.isNeutral(key) { return meaning }
        return meaning == .secret ? nil : .perhaps
    }

    /// The literal in `NAME=value` and `--name=value`, as lists of environments and arguments have
    /// them, and in pairs as connection strings and queries have them, when the name is that of a
    /// secret.
    private func assignedLiteral(in text: [UInt8]) -> Range<Int>? {
        guard text.contains(UInt8(ascii: "=")) else { return nil }
        var start = 0
        if let query = text.firstIndex(of: UInt8(ascii: "?")), text.holds("://") {
            start = query + 1
        }
        let rest = text[start...]
        let joint: UInt8 =
            rest.contains(UInt8(ascii: ";"))
            ? UInt8(ascii: ";") : start > 0 ? UInt8(ascii: "&") : 0x20
        let parts = rest.split(separator: joint)
        var found: Range<Int>?
        for (number, part) in parts.enumerated() {
            guard let sign = part.prefix(128).firstIndex(of: UInt8(ascii: "=")),
                part[..<sign].allSatisfy({
                    Self.nameBytes.contains($0)
                })
            else {
                // A driver and a host may stand before the pairs.
                if number == 0, joint == UInt8(ascii: ";"), part.contains(UInt8(ascii: ":")) {
                    continue
                }
                return nil
            }
            let name = Array(part[..<sign].drop { "- ".utf8.contains($0) })
            let value = Array(part[(sign + 1)...])
            if found == nil, !name.isEmpty, keys.meaning(ofKey: name) == .secret,
                !value.contains(where: { $0 <= 0x20 }),
                !values.isStandIn(value, isQuoted: true, isWhole: true, key: name)
            {
                found = sign + 1..<part.endIndex
            }
        }
        return found
    }

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
    private func looksLikeLiteral(_ value: [UInt8], isCommonRefused: Bool) -> Bool {
        let value = AuthenticationScheme.stripped(value) ?? StandIn.trimmed(value)
        guard !value.contains(0x20) else { return false }
        if StandIn.isDigest(value) { return false }
        if values.looksSecret(value) || StandIn.isUUID(value) || values.isGuessable(value) {
            return true
        }
        if values.isNameAndPassword(value, isStrict: true) { return true }
        return value.count >= 6 && !StandIn.isName(value)
            && value.contains(where: { $0.isASCIIDigit || Self.passwordSigns.contains($0) })
            && (isCommonRefused || !values.isCommon(value))
    }
}
