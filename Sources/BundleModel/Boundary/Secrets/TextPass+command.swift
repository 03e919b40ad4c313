extension TextPass {
    private static let quotes = ByteSet(ascii: "'\"")

    /// Looks at the credential of a command line that no word names: `-u user:password` and the
    /// password behind `sshpass -p` and `mysql … -p`.
    mutating func look(forCommand number: Int, at literal: Range<Int>, in bytes: Span<UInt8>) {
        let rule = scan.commands[number]
        guard let flag = rule.flag else {
            guard literal.lowerBound >= commandDone else { return }
            commandDone = literal.upperBound
            var start = literal.upperBound
            if Self.quotes.contains(bytes[start - 1]) { start -= 1 }
            readTyped(rule, from: start, in: bytes)
            return
        }
        guard literal.lowerBound >= flagDone else { return }
        var index = literal.upperBound
        let limit = min(bytes.count, index + 200)
        let length = flag.utf8.count
        while index + length < limit, bytes[index] != UInt8(ascii: "\n") {
            if bytes.has(flag, at: index), rule.behind != nil || bytes[index + length] > 0x20 {
                readTyped(rule, from: index + length, in: bytes)
                break
            }
            index += 1
        }
        flagDone = index
    }

    private mutating func readTyped(_ rule: CommandRule, from start: Int, in bytes: Span<UInt8>) {
        guard let value = value(from: start, in: bytes) else { return }
        commandDone = max(commandDone, value.range.upperBound)
        var range = value.range
        if let sign = rule.behind?.utf8.first {
            guard let index = range.first(where: { bytes[$0] == sign }) else { return }
            range = index + 1..<range.upperBound
        }
        // `sqlplus user/password@database`
        if rule.behind == "/" {
            range =
                range
                .lowerBound..<(range.first { bytes[$0] == UInt8(ascii: "@") } ?? range.upperBound)
        }
        guard range.count >= ValueVocabulary.shortestTyped else { return }
        let text = ValueBytes(bytes.copy(range))
        guard scan.values.looksTyped(text), !scan.values.isStandIn(text, isQuoted: false)
        else { return }
        found.append(SecretMatch(.commandLine, range: range, in: bytes))
    }
}
