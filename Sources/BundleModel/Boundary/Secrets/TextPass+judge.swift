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
        // `${TOKEN:-literal}`
        if let literal = Placeholder.defaultValue(text), !literal.isEmpty { text = literal }
        judge(ValueBytes(text), at: value, meaning, joint, in: bytes)
    }

    /// Decides on what the value is read as.
    private mutating func judge(
        _ text: ValueBytes, at value: ValueText, _ meaning: KeyVocabulary.Meaning, _ joint: Joint,
        in bytes: Span<UInt8>
    ) {
        let isWritten = value.isQuoted || joint == .typed
        let isJoined =
            switch joint {
            case .sign, .typed, .tight, .element: true
            case .item, .mark, .room: false
            }
        guard
            isCode && meaning == .secret && isJoined && isWritten && scan.values.isLiteral(text)
                || looksSecret(text, value, meaning, joint, in: bytes)
                || hasTokenInFront(text, value, meaning, joint),
            !scan.values.isStandIn(text, isQuoted: value.isQuoted)
        else { return }
        found.append(SecretMatch(.besideKey, range: value.range, in: bytes))
    }

    /// Whether a value starts with a text of much chance, whatever follows it without a blank.
    private func hasTokenInFront(
        _ text: ValueBytes, _ value: ValueText, _ meaning: KeyVocabulary.Meaning, _ joint: Joint
    ) -> Bool {
        guard meaning == .secret, !value.isQuoted, joint != .room, joint != .mark else {
            return false
        }
        let head = text.bytes.prefix {
            $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        }
        return head.count >= 20 && head.count < text.count
            && scan.values.looksSecret(ValueBytes(head))
    }

    private func looksSecret(
        _ text: ValueBytes, _ value: ValueText, _ meaning: KeyVocabulary.Meaning, _ joint: Joint,
        in bytes: Span<UInt8>
    ) -> Bool {
        if meaning == .described {
            return joint != .room && joint != .mark && (value.isQuoted || value.isClear)
                && text.count >= 20 && !text.consists(of: .hexDigits)
                && scan.values.looksSecret(text)
        }
        switch joint {
        case .mark:
            return (value.isQuoted || value.isClear || text.count >= 20)
                && !text.consists(of: .hexDigits) && !StandIn.isUUID(text)
                && scan.values.looksSecret(text)
        case .item:
            return scan.values.looksSecret(text) && !StandIn.isUUID(text)
        case .typed where meaning == .secret: return scan.values.looksTyped(text)
        case .tight where meaning == .secret && !value.isQuoted:
            return scan.values.looksTyped(text)
        case .room:
            // Order 3: so long a text beside a key word, and no digest.
            return (value.isQuoted || text.count >= 20 && !text.consists(of: .hexDigits))
                && scan.values.looksSecret(text)
        case .sign where meaning == .secret && value.isClear && isTold(value, in: bytes),
            .element where meaning == .secret:
            return scan.values.looksTyped(text) && !StandIn.isUUID(text)
        case .typed, .tight, .sign, .element:
            return (value.isClear || text.count >= 20) && scan.values.looksSecret(text)
        }
    }

    /// Whether a text tells the value, as `password: hunter2` does, and neither refers to one
    /// (`secret:name`) nor assigns what a variable holds (`token = tokenV2`).
    private func isTold(_ value: ValueText, in bytes: Span<UInt8>) -> Bool {
        if value.isQuoted { return true }
        var index = value.range.lowerBound
        if index > 0, bytes[index - 1] == UInt8(ascii: ":") { return false }
        while index > 0, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
        guard index > 0, bytes[index - 1] != UInt8(ascii: "=") else { return false }
        // An identifier in camel case.
        return !zip(value.range, value.range.dropFirst()).contains {
            bytes[$0].isASCIILower && bytes[$1].isASCIIUpper
        }
    }

    /// Looks at the token behind `Bearer ` and the name and password behind `Basic `.
    mutating func look(forCredentialAfterScheme literal: Range<Int>, in bytes: Span<UInt8>) {
        if literal.lowerBound > 0, bytes[literal.lowerBound - 1].isASCIIAlphanumeric { return }
        guard let value = value(from: literal.upperBound, in: bytes), value.range.count >= 8
        else { return }
        let text = ValueBytes(bytes.copy(value.range))
        guard text.count <= 4_096, !scan.values.isStandIn(text, isQuoted: true)
        else { return }
        let isBasic =
            (bytes[literal.lowerBound] | 0x20) == UInt8(ascii: "b")
            && (bytes[literal.lowerBound + 1] | 0x20) == UInt8(ascii: "a")
        guard
            isBasic
                ? scan.values.isNameAndPassword(text.bytes, isStrict: isStrict)
                : scan.values.looksSecret(text)
        else { return }
        found.append(
            SecretMatch(.header, range: value.range, in: bytes))
    }
}
