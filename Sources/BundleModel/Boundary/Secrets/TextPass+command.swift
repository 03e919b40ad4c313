extension TextPass {
    /// Looks at the credential of a command line that no word names: `-u user:password` and the
    /// password behind `sshpass -p` and `mysql … -p`.
    mutating func look(forCommandAt literal: Range<Int>, in bytes: Span<UInt8>) {
        guard literal.lowerBound >= commandDone else { return }
        commandDone = literal.upperBound
        let flag: String? =
            switch bytes[literal.lowerBound] | 0x20 {
            case UInt8(ascii: "m"): " -p"
            case UInt8(ascii: "d"): " -p "
            case UInt8(ascii: "r"): " -a "
            default: nil
            }
        if let flag {
            look(forPasswordOf: flag, behind: literal.upperBound, in: bytes)
            return
        }
        // `sshpass -p`, `-pass pass:`
        let isPassword =
            (bytes[literal.lowerBound] | 0x20) == UInt8(ascii: "s")
            || bytes.has("-pass", at: literal.lowerBound)
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

    private mutating func look(
        forPasswordOf flag: String, behind start: Int, in bytes: Span<UInt8>
    ) {
        var index = start
        let limit = min(bytes.count, start + 200)
        let length = flag.utf8.count
        while index + length < limit, bytes[index] != UInt8(ascii: "\n") {
            if bytes.has(flag, at: index), bytes[index + length] > 0x20 {
                var reader = ValueReader(start: index + length, bare: bare)
                if let value = reader.read(in: bytes) { refuseTyped(value.range, in: bytes) }
                break
            }
            index += 1
        }
        commandDone = max(commandDone, index)
    }

    private mutating func refuseTyped(_ range: Range<Int>, in bytes: Span<UInt8>) {
        // The quick look first.
        guard range.count >= ValueVocabulary.shortestTyped else { return }
        let text = bytes.copy(range)
        guard scan.values.looksTyped(text), !scan.values.isStandIn(text, isQuoted: false)
        else { return }
        found.append(
            SecretMatch(.commandLine, range: range, in: bytes))
    }
}
