internal import Crypto

extension ObjectID {
    /// The id that Git gives an object: SHA-1 of `kind size NUL` and the content.
    package static func hash(_ kind: ObjectKind, _ content: [UInt8]) -> ObjectID {
        hash(kind, content.span)
    }

    /// The id that Git gives an object: SHA-1 of `kind size NUL` and the content.
    package static func hash(_ kind: ObjectKind, _ content: Span<UInt8>) -> ObjectID {
        var hasher = Insecure.SHA1()
        hasher.update(data: Array("\(kind.name) \(content.count)\u{0}".utf8))
        unsafe content.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
        return ObjectID(hasher.finalize())
    }

    init(_ digest: Insecure.SHA1Digest) {
        let bytes = Array(digest)
        var words: (high: UInt64, middle: UInt64, low: UInt64) = (0, 0, 0)
        for byte in bytes[0..<8] { words.high = words.high << 8 | UInt64(byte) }
        for byte in bytes[8..<16] { words.middle = words.middle << 8 | UInt64(byte) }
        for byte in bytes[16..<20] { words.low = words.low << 8 | UInt64(byte) }
        self.init(high: words.high, middle: words.middle, low: UInt32(words.low))
    }
}
