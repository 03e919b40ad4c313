internal import Crypto

/// SHA-256 of bytes that are lent and not copied.
package enum ContentHash {
    /// The value as four words, most significant first.
    package static func sha256(
        _ bytes: borrowing Span<UInt8>
    ) -> (UInt64, UInt64, UInt64, UInt64) {
        var hasher = SHA256()
        unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
        return unsafe hasher.finalize().withUnsafeBytes { value in
            func word(_ index: Int) -> UInt64 {
                unsafe UInt64(
                    bigEndian: value.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
            }
            return (word(0), word(1), word(2), word(3))
        }
    }
}
