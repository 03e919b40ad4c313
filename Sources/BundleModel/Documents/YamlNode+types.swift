/// Scalars have the type that the schema gives them.
extension YamlNode {
    /// What the value is, for messages.
    package var typeName: String {
        switch content {
        case .scalar: isNull ? "nothing" : "a text"
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }

    /// The value as text, exactly as it is written: `no` and `1.10` are those texts.
    package func text(
        for key: String, log: FindingLog, allowsEmpty: Bool = false
    ) -> Located<String>? {
        guard case .scalar(let text, _) = content, !isNull else {
            wrongType(for: key, expected: "a text", log: log)
            return nil
        }
        if text.isEmpty, !allowsEmpty {
            log.malformed("empty-text", at: mark, "'\(key)' is an empty text")
            return nil
        }
        return Located(text, at: mark)
    }

    /// The value as `true` or `false`, without quotes; no other spelling is a boolean.
    package func boolean(for key: String, log: FindingLog) -> Bool? {
        if case .scalar(let text, isPlain: true) = content {
            if text == "true" { return true }
            if text == "false" { return false }
        }
        wrongType(for: key, expected: "true or false", log: log)
        return nil
    }

    /// The value as a whole number in the grammar of JSON, without quotes.
    package func integer(for key: String, log: FindingLog) -> Int? {
        if case .scalar(let text, isPlain: true) = content,
            case .integer(let number)? = SettingValue(plainNumber: text)
        {
            return number
        }
        wrongType(for: key, expected: "a whole number", log: log)
        return nil
    }

    /// The items of a list.
    package func items(for key: String, log: FindingLog) -> [YamlNode]? {
        if case .sequence(let items) = content { return items }
        wrongType(for: key, expected: "a list", log: log, hint: "write '\(key): [a, b]'")
        return nil
    }

    /// The entries of a map.
    package func entries(for key: String, log: FindingLog) -> [Entry]? {
        if case .mapping(let entries) = content { return entries }
        wrongType(for: key, expected: "a map", log: log, hint: "write '\(key): { name: value }'")
        return nil
    }

    /// The value as an id.
    package func id<ID: Identifier>(
        for key: String, as type: ID.Type, log: FindingLog
    ) -> Located<ID>? {
        guard let text = text(for: key, log: log) else { return nil }
        do {
            return Located(try ID(text.value), at: text.mark)
        } catch {
            log.malformed(
                "invalid-id", at: text.mark,
                "'\(key)' is not the id of a \(ID.noun): "
                    + "'\(DisplayText.excerpt(text.value))' \(error.problem)",
                hint: "use lowercase letters, digits, '.', '_' and '-'")
            return nil
        }
    }

    /// The value as one of the words that an enumeration knows.
    package func word<Word: RawRepresentable & CaseIterable>(
        for key: String, as type: Word.Type, log: FindingLog
    ) -> Word? where Word.RawValue == String {
        guard let text = text(for: key, log: log) else { return nil }
        if let word = Word(rawValue: text.value) { return word }
        let words = Word.allCases.map(\.rawValue)
        log.unsupported(
            "unknown-value", at: text.mark,
            "'\(key)' is '\(DisplayText.excerpt(text.value))'; "
                + "supported: \(words.joined(separator: ", "))",
            hint: Suggestion.hint(
                for: text.value, among: words, otherwise: "write one of the supported words"))
        return nil
    }

    /// Reports a value of another type than the schema expects.
    package func wrongType(
        for key: String, expected: String, log: FindingLog, hint: String? = nil
    ) {
        log.malformed(
            "wrong-type", at: mark, "'\(key)' must be \(expected), but \(typeName) was found",
            hint: hint ?? (isNull ? "write a value, or leave the key out" : nil))
    }
}
