extension TextPass {
    /// Decides on a value behind a key that names a secret.
    mutating func judge(
        _ value: ValueText, meaning: KeyVocabulary.Meaning, joint: Joint, in bytes: Span<UInt8>
    ) {
        var text = bytes.copy(value.range)
        if joint != .typed, meaning == .perhaps,
            let sign = text.firstIndex(of: UInt8(ascii: "=")), sign + 1 < text.count, sign <= 40
        {
            text = Array(text[(sign + 1)...])
        }
        guard !scan.values.isStandIn(text, isQuoted: value.isQuoted),
            isSecret(text, value, meaning, joint)
        else { return }
        found.append(SecretMatch(.besideKey, range: value.range, in: bytes))
    }

    private func isSecret(
        _ text: [UInt8], _ value: ValueText, _ meaning: KeyVocabulary.Meaning, _ joint: Joint
    ) -> Bool {
        let isLiteral = value.isQuoted || joint == .typed
        if isCode, meaning == .secret, joint != .room, isLiteral, scan.values.isLiteral(text) {
            return true
        }
        switch joint {
        case .typed, .tight:
            if meaning == .secret, joint == .typed || !value.isQuoted {
                return scan.values.looksTyped(text)
            }
        case .room:
            return value.isQuoted
                ? scan.values.looksSecret(text)
                : text.count >= 20 && !text.allSatisfy(\.isHexDigit)
                    && scan.values.looksSecret(text)
        case .sign, .element: break
        }
        return (value.isClear || text.count >= 20) && scan.values.looksSecret(text)
    }

    /// Looks at the token behind `Bearer ` and the name and password behind `Basic `.
    mutating func look(forCredentialAfterScheme literal: Range<Int>, in bytes: Span<UInt8>) {
        if literal.lowerBound > 0, bytes[literal.lowerBound - 1].isASCIIAlphanumeric { return }
        guard let value = value(from: literal.upperBound, in: bytes), value.range.count >= 8
        else { return }
        let text = bytes.copy(value.range)
        guard text.count <= 4_096, !scan.values.isStandIn(text, isQuoted: true)
        else { return }
        let isBasic =
            (bytes[literal.lowerBound] | 0x20) == UInt8(ascii: "b")
            && (bytes[literal.lowerBound + 1] | 0x20) == UInt8(ascii: "a")
        guard
            isBasic
                ? scan.values.isNameAndPassword(text, isStrict: isStrict)
                : scan.values.looksSecret(text)
        else { return }
        found.append(
            SecretMatch(.header, range: value.range, in: bytes))
    }
}
