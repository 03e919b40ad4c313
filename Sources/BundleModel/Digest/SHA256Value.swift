internal import Crypto

/// A SHA-256 value, 32 bytes, kept without an allocation.
public struct SHA256Value: Hashable, Sendable, CustomStringConvertible {
    /// The value as four words, most significant first.
    package let words: (UInt64, UInt64, UInt64, UInt64)

    /// Hashes bytes.
    public init(hashing bytes: [UInt8]) {
        var hasher = SHA256()
        hasher.update(data: bytes)
        self.init(hasher.finalize())
    }

    /// Takes the value as four words, most significant first.
    package init(words: (UInt64, UInt64, UInt64, UInt64)) {
        self.words = words
    }

    /// Reads 64 lowercase hex digits; nil for anything else.
    public init?(hex: some StringProtocol) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        var count = 0
        for digit in hex.utf8 {
            guard let value = Hex.value(digit) else { return nil }
            switch count {
            case 0..<16: words.0 = words.0 << 4 | UInt64(value)
            case 16..<32: words.1 = words.1 << 4 | UInt64(value)
            case 32..<48: words.2 = words.2 << 4 | UInt64(value)
            case 48..<64: words.3 = words.3 << 4 | UInt64(value)
            default: return nil
            }
            count += 1
        }
        guard count == 64 else { return nil }
        self.words = words
    }

    /// Takes 32 bytes; nil for another number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.init(bytes)
    }

    private init(_ bytes: some Sequence<UInt8>) {
        var parts: [UInt64] = [0, 0, 0, 0]
        for (index, byte) in bytes.enumerated() {
            parts[index / 8] = parts[index / 8] << 8 | UInt64(byte)
        }
        words = (parts[0], parts[1], parts[2], parts[3])
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        [words.0, words.1, words.2, words.3].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }

    /// 64 lowercase hex digits.
    public var hex: String {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        appendHex(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// 64 lowercase hex digits.
    public var description: String { hex }

    func appendHex(to text: inout [UInt8]) {
        appendHex(words.0, to: &text)
        appendHex(words.1, to: &text)
        appendHex(words.2, to: &text)
        appendHex(words.3, to: &text)
    }

    private func appendHex(_ word: UInt64, to text: inout [UInt8]) {
        for shift in stride(from: 56, through: 0, by: -8) {
            Hex.append(CollectionOfOne(UInt8(truncatingIfNeeded: word >> shift)), to: &text)
        }
    }

    /// Whether two values are the same.
    public static func == (left: Self, right: Self) -> Bool { left.words == right.words }

    /// Feeds the value to a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }
}
