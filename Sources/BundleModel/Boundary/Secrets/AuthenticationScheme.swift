/// The words before a credential in an `Authorization` header.
enum AuthenticationScheme {
    static let names = WordSet(WordList.authenticationScheme.words)

    /// What follows the scheme, when the value starts with one.
    static func stripped(_ value: ValueBytes) -> ValueBytes? {
        guard value.has(" "), let space = value.bytes.firstIndex(of: 0x20),
            names.containsFolded(value.bytes[..<space])
        else { return nil }
        var (start, end) = (space, value.count)
        while start < end, value.bytes[start] <= 0x20 { start += 1 }
        while end > start, value.bytes[end - 1] <= 0x20 { end -= 1 }
        return ValueBytes(value.bytes[start..<end])
    }
}
