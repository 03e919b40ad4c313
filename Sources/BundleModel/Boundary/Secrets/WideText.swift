/// Text in UTF-16 or UTF-32, or in any form that puts NULs between the characters of ASCII.
enum WideText {
    /// Every run of ASCII characters in units of two or four bytes, a line each.
    static func view(of bytes: Span<UInt8>, firstNul: Int) -> DecodedView? {
        var text: [UInt8] = []
        var places: [DecodedView.Place] = []
        var index = max(0, firstNul - 1)
        var isRun = false
        /// Whether the unit before was two NULs, half of one of UTF-32.
        var isHalf = false
        while index + 1 < bytes.count {
            let (first, second) = (bytes[index], bytes[index + 1])
            let character = second == 0 ? first : first == 0 ? second : 0
            if character >= 0x09, character < 0x7F {
                if !isRun { text.append(UInt8(ascii: "\n")) }
                if !isRun || isHalf {
                    places.append(DecodedView.Place(decoded: text.count, original: index))
                }
                isRun = true
                isHalf = false
                text.append(character)
                index += 2
            } else if isRun, !isHalf, first == 0, second == 0 {
                isHalf = true
                index += 2
            } else {
                isRun = false
                isHalf = false
                index += 1
            }
        }
        guard text.count >= 8 else { return nil }
        return DecodedView(bytes: text, places: places, width: (2, 1), end: bytes.count)
    }
}
