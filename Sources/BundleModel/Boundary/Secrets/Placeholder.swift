/// Places in a text that something else is put into later: `${X}`, `{{ x }}`, `<x>`, `$X`, `%X%`.
enum Placeholder {
    /// Signs around a placeholder, and whether only words stand between them: what stands between
    /// those of a template is code.
    private static let pairs: [Pair] = [
        ("${{", "}}", false), ("${", "}", false), ("{{", "}}", false), ("{%", "%}", false),
        ("$(", ")", false), ("#{", "}", false), ("<%", "%>", false), ("<", ">", true),
        ("[[", "]]", true), ("[", "]", true), ("%(", ")s", true), ("{", "}", true),
        ("(", ")", true), ("@@", "@@", true), ("__", "__", true), ("%{", "}", false),
        ("＜", "＞", true), ("「", "」", true), ("〈", "〉", true),
    ].map { Pair(open: Array($0.utf8), close: Array($1.utf8), isWording: $2) }

    private struct Pair {
        let open, close: [UInt8]
        let isWording: Bool
    }

    /// For each byte the numbers of the pairs that begin with it.
    private static let pairsByFirst: [[Int]] = (0...255).map { byte in
        pairs.indices.filter { Int(pairs[$0].open[0]) == byte }
    }

    private static let dollarBrace = Array("${".utf8)

    private static let templateStarts = ByteSet(ascii: "$#%")
    private static let signs = ByteSet(ascii: "!@#^&*")
    private static let openings = ByteSet(pairs.map { $0.open[0] }).union(ByteSet(ascii: "$%@"))

    /// The end of the placeholder that starts with the opening at `index`, or nil.
    private static func end(in bytes: [UInt8], at index: Int) -> Int? {
        for number in pairsByFirst[Int(bytes[index])]
        where bytes.span.has(pairs[number].open, at: index) {
            let limit = min(bytes.count, index + 256)
            let start = index + pairs[number].open.count
            let close = pairs[number].close
            guard var found = bytes.index(of: close, from: start, upTo: limit), found > start
            else { continue }
            // `${X:-${Y}}` ends with the brace of the outer one.
            if let inner = bytes.index(of: dollarBrace, from: start, upTo: found),
                let outer = bytes.index(of: close, from: found + 1, upTo: limit), inner < found
            {
                found = outer
            }
            if pairs[number].isWording, !StandIn.isWording(bytes[start..<found]) { return nil }
            return found + close.count
        }
        let first = bytes[index]
        let rest = bytes[index...]
        let name = rest.dropFirst().prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") }
        guard let start = name.first else { return nil }
        if first == UInt8(ascii: "$"), start.isASCIILetter || start == UInt8(ascii: "_") {
            if rest.dropFirst().starts(with: "env:".utf8) {
                return index + 5 + rest.dropFirst(5).prefix { ByteSet.word.contains($0) }.count
            }
            // A dollar within a word is a sign of a password.
            let isStart =
                index == 0 || !bytes[index - 1].isASCIIAlphanumeric && bytes[index - 1] != first
            return isStart && StandIn.isWording(name) ? name.endIndex : nil
        }
        if first == UInt8(ascii: "%") || first == UInt8(ascii: "@"), name.endIndex < bytes.endIndex,
            bytes[name.endIndex] == first, start.isASCIILetter,
            first == UInt8(ascii: "%") || !name.contains(where: \.isASCIILower),
            StandIn.isWording(name)
        {
            return name.endIndex + 1
        }
        return nil
    }

    /// Whether a value is made of placeholders and of next to nothing else.
    ///
    /// - Parameter isDefaultAccepted: judges the default in `${X:-default}`.
    /// - Parameter others: how many letters and digits may stand around them.
    static func covers(
        _ value: ValueBytes, others most: Int = 7, isDefaultAccepted: ([UInt8]) -> Bool
    ) -> Bool {
        guard value.count <= 4_096 else { return false }
        return isBinding(value.bytes)
            || value.hasAny(of: openings)
                && covers(value.bytes, others: most, isDefaultAccepted: isDefaultAccepted)
    }

    /// `:password`, as SQL binds it.
    private static func isBinding(_ value: [UInt8]) -> Bool {
        value.first == UInt8(ascii: ":")
            && value.dropFirst().allSatisfy { $0.isASCIILetter || $0 == UInt8(ascii: "_") }
    }

    private static func covers(
        _ value: [UInt8], others most: Int, isDefaultAccepted: ([UInt8]) -> Bool
    ) -> Bool {
        var index = 0
        var found = 0
        var others = 0
        /// Whether all placeholders are those of a template, which a word may stand beside.
        var isTemplate = true
        var hasMixed = false
        let (openings, signs) = (openings, signs)
        while index < value.count {
            if openings.contains(value[index]), let end = end(in: value, at: index) {
                found += 1
                let byte = value[index]
                if byte == UInt8(ascii: "$"), let range = defaultValue(in: value, index..<end),
                    !isDefaultAccepted(Array(value[range]))
                {
                    return false
                }
                let isBrace = byte == UInt8(ascii: "{") && value[index + 1] == byte
                if !templateStarts.contains(byte), !isBrace { isTemplate = false }
                index = end
            } else {
                if value[index].isASCIIAlphanumeric {
                    others += 1
                    if index > 0, value[index - 1].isASCIIAlphanumeric,
                        value[index - 1].isASCIIDigit != value[index].isASCIIDigit
                    {
                        hasMixed = true
                    }
                }
                if signs.contains(value[index]) { others += 2 }
                index += 1
            }
        }
        return found > 0 && others <= most && (isTemplate || !hasMixed)
    }

    /// The literal in `${X:-literal}`, `${X-literal}` and `${X:=literal}`.
    static func defaultValue(_ placeholder: [UInt8]) -> [UInt8]? {
        defaultValue(in: placeholder, placeholder.indices).map { Array(placeholder[$0]) }
    }

    private static func defaultValue(
        in text: [UInt8], _ placeholder: Range<Int>
    ) -> Range<Int>? {
        let bytes = text.span
        let start = placeholder.lowerBound
        guard placeholder.count > 2, bytes[start] == UInt8(ascii: "$"),
            bytes[start + 1] == UInt8(ascii: "{"), bytes[start + 2] != UInt8(ascii: "{")
        else { return nil }
        let end = placeholder.upperBound - 1
        var index = start + 2
        while index < end, bytes[index].isASCIIAlphanumeric || bytes[index] == UInt8(ascii: "_") {
            index += 1
        }
        if index + 1 < end, bytes[index] == UInt8(ascii: ":"),
            bytes[index + 1] == UInt8(ascii: "-") || bytes[index + 1] == UInt8(ascii: "=")
        {
            return index + 2..<end
        }
        guard index < end, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "=")
        else { return nil }
        return index + 1..<end
    }
}
