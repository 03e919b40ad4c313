/// How the text of a key is shown in a message.
enum KeyText {
    /// The key in quotes when it looks like a key, else its first four characters.
    ///
    /// A key may hold anything, a credential too, so only what has the form of a name is shown.
    static func shown(_ key: String) -> String {
        isName(key) ? "'\(key)'" : "'\(DisplayText.excerpt(key))'"
    }

    private static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 32 else { return false }
        return (isLetter(first) || first == 0x5F)
            && bytes.allSatisfy { isLetter($0) || $0 == 0x5F || $0 == 0x2D || $0 == 0x2E }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
    }
}
