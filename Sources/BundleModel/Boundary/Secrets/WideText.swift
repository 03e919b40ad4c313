/// Text in UTF-16, or in any form that puts a NUL between the characters of ASCII.
enum WideText {
    /// Every run of ASCII characters in units of two bytes, a line each.
    static func view(of bytes: Span<UInt8>, firstNul: Int) -> DecodedView? {
        var text: [UInt8] = []
        var places: [(decoded: Int, original: Int)] = []
        var index = max(0, firstNul - 1)
        var isRun = false
        while index + 1 < bytes.count {
            let (first, second) = (bytes[index], bytes[index + 1])
            let character = second == 0 ? first : first == 0 ? second : 0
            if character >= 0x09, character < 0x7F {
                if !isRun {
                    text.append(UInt8(ascii: "\n"))
                    places.append((text.count, index))
                    isRun = true
                } else if text.count & 63 == 0 {
                    places.append((text.count, index))
                }
                text.append(character)
                index += 2
            } else {
                isRun = false
                index += 1
            }
        }
        guard text.count >= 8 else { return nil }
        return DecodedView(bytes: text, places: places, end: bytes.count)
    }
}
