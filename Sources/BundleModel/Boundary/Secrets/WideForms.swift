/// Full-width forms of ASCII and half-width forms of katakana, as Japanese keyboards give them.
enum WideForms {
    /// The first bytes of letters and digits among them, which lead to ``view(of:at:)``.
    static let literals: [[UInt8]] = {
        let letters = [0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF66...0xFF9F]
        return letters.joined().compactMap { Unicode.Scalar($0 as Int) }
            .map { Array(String($0).utf8) }
    }()

    /// Katakana from U+FF66 on, and the marks of voice at the end.
    private static let katakana = Array(
        "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜".unicodeScalars)

    /// Whether a text may hold any.
    static func areFound(in bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where bytes[index] == 0xEF { return true }
        return false
    }

    /// The same text with full-width ASCII narrow and half-width katakana wide.
    static func folded(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0xEF) else { return bytes }
        var folded: [UInt8] = []
        let text = bytes.span
        var index = 0
        while index < bytes.count { index = append(text, at: index, to: &folded) }
        return folded
    }

    /// Every run without spaces that holds such a form, folded, a line each.
    static func view(of bytes: Span<UInt8>, at places: [Int]) -> DecodedView? {
        var text: [UInt8] = []
        var found: [DecodedView.Place] = []
        var done = 0
        for place in places where place >= done {
            var start = place
            while start > done, place - start < 64, bytes[start - 1] > 0x20 { start -= 1 }
            text.append(UInt8(ascii: "\n"))
            var index = start
            while index < bytes.count, index - place < 512, bytes[index] != 0x0A {
                found.append(DecodedView.Place(decoded: text.count, original: index))
                index = append(bytes, at: index, to: &text)
            }
            done = index
        }
        return text.isEmpty ? nil : DecodedView(bytes: text, places: found, end: bytes.count)
    }

    /// Appends the character at an index, folded; gives where the next one is.
    private static func append(
        _ bytes: Span<UInt8>, at index: Int, to folded: inout [UInt8]
    ) -> Int {
        guard bytes[index] == 0xEF, index + 2 < bytes.count, bytes[index + 1] >= 0xBC,
            bytes[index + 1] <= 0xBE, bytes[index + 2] & 0xC0 == 0x80
        else {
            folded.append(bytes[index])
            return index + 1
        }
        // From U+FF00 on.
        let offset = Int(bytes[index + 1] - 0xBC) * 64 + Int(bytes[index + 2]) - 0x80
        if (1...94).contains(offset) {
            folded.append(UInt8(offset + 0x20))
            return index + 3
        }
        guard (0x66...0x9F).contains(offset) else {
            folded.append(bytes[index])
            return index + 1
        }
        var scalar = katakana[offset - 0x66]
        var next = index + 3
        // A mark of voice belongs to the letter before it.
        let step: UInt32 = bytes.has("ﾞ", at: next) ? 1 : bytes.has("ﾟ", at: next) ? 2 : 0
        if step > 0, (0x71...0x8E).contains(offset),
            let voiced = Unicode.Scalar(scalar.value + step)
        {
            scalar = voiced
            next += 3
        }
        folded.append(contentsOf: String(scalar).utf8)
        return next
    }
}
