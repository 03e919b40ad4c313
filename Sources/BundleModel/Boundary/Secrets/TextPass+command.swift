extension TextPass {
    /// Looks at the credential of a command line that no word names: `-u user:password` and the
    /// password behind `sshpass -p` and `mysql … -p`.
    mutating func look(forCommandAt literal: Range<Int>, in bytes: Span<UInt8>) {
        guard literal.lowerBound >= commandDone else { return }
        commandDone = literal.upperBound
        if (bytes[literal.lowerBound] | 0x20) == UInt8(ascii: "m") {
            look(forShortPasswordBehind: literal.upperBound, in: bytes)
            return
        }
        let isPassword = (bytes[literal.lowerBound] | 0x20) == UInt8(ascii: "s")
        var start = literal.upperBound
        if "'\"".utf8.contains(bytes[start - 1]) { start -= 1 }
        var reader = ValueReader(start: start, bare: bare)
        guard let value = reader.read(in: bytes) else { return }
        commandDone = max(commandDone, value.range.upperBound)
        var range = value.range
        if !isPassword {
            guard let colon = range.first(where: { bytes[$0] == UInt8(ascii: ":") }) else { return }
            range = colon + 1..<range.upperBound
        }
        refuseTyped(range, in: bytes)
    }

    private mutating func look(forShortPasswordBehind start: Int, in bytes: Span<UInt8>) {
        var index = start
        let limit = min(bytes.count, start + 200)
        while index + 3 < limit, bytes[index] != UInt8(ascii: "\n") {
            if bytes.has(" -p", at: index), bytes[index + 3] > 0x20 {
                var reader = ValueReader(start: index + 3, bare: bare)
                if let value = reader.read(in: bytes) { refuseTyped(value.range, in: bytes) }
                break
            }
            index += 1
        }
        commandDone = max(commandDone, index)
    }

    private mutating func refuseTyped(_ range: Range<Int>, in bytes: Span<UInt8>) {
        let text = bytes.copy(range)
        guard !text.isEmpty, !scan.values.isStandIn(text, isQuoted: false),
            scan.values.looksTyped(text)
        else { return }
        found.append(
            SecretMatch(
                rule: "secret-on-command-line", range: range, in: bytes,
                what: "a password on a command line"))
    }
}
