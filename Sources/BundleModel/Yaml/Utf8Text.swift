/// Checks of bytes that are meant to be text.
package enum Utf8Text {
    /// The offset of the first byte that is not part of valid UTF-8; nil when all are.
    package static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
        var start = 0
        while start < bytes.count, bytes[start] < 0x80 { start += 1 }
        guard start < bytes.count else { return nil }
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var decoder = UTF8()
        var offset = start
        var iterator = bytes[start...].makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            offset += UTF8.width(scalar)
        }
        return offset
    }
}
