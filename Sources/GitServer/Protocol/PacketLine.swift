internal import NIOCore

/// One line of Git's packet-line framing.
///
/// Source: gitprotocol-common(5).
enum PacketLine {
    /// What stands at a place of a stream.
    enum Item {
        /// A line's bytes, without its length.
        case line(ArraySlice<UInt8>)
        /// `0000`
        case flush
        /// The bytes end within the line.
        case incomplete
        /// Not a length, or one that has a meaning only in later versions of the protocol.
        case malformed
    }

    static let flush = Array("0000".utf8)
    private static let maximum = 65520

    /// Reads what stands at the start of `bytes`, and takes it away when it is whole.
    static func next(_ bytes: inout ArraySlice<UInt8>) -> Item {
        guard bytes.count >= 4 else { return .incomplete }
        var length = 0
        for byte in bytes.prefix(4) {
            guard let value = Character(UnicodeScalar(byte)).hexDigitValue else {
                return .malformed
            }
            length = length << 4 | value
        }
        if length == 0 {
            bytes = bytes.dropFirst(4)
            return .flush
        }
        guard length >= 4, length <= maximum else { return .malformed }
        guard bytes.count >= length else { return .incomplete }
        let line = bytes.dropFirst(4).prefix(length - 4)
        bytes = bytes.dropFirst(length)
        return .line(line)
    }

    /// Frames a line.
    static func bytes(_ line: some Collection<UInt8>) -> [UInt8] {
        let digits = String(line.count + 4, radix: 16)
        let length = String(repeating: "0", count: 4 - digits.utf8.count) + digits
        return Array(length.utf8) + line
    }

    /// Frames a line of text.
    static func bytes(_ line: String) -> [UInt8] { bytes(Array(line.utf8)) }
}
