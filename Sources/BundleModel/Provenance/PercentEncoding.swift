/// Percent-encoding as RFC 3986 has it, for names and paths in a `Bundle-Source`.
enum PercentEncoding {
    private static let percent = UInt8(ascii: "%")
    private static let slash = UInt8(ascii: "/")

    /// Encodes every byte of one name outside the unreserved characters.
    static func encode(name: String) -> String {
        encode(Array(name.utf8)) { _ in false }
    }

    /// Encodes a path of names that are not encoded.
    static func encode(path: String) -> String {
        encode(Array(path.utf8)) { $0 == slash }
    }

    /// Encodes what the path of a URL may not hold and leaves what is encoded already.
    static func encode(urlPath: Substring) -> String {
        encode(Array(urlPath.utf8)) { $0 == slash || $0 == UInt8(ascii: "+") || $0 == percent }
    }

    /// Whether a text is one encoded name.
    static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && isEncoded(text) { _ in false }
    }

    /// Whether a text is an encoded path that stays below where it starts.
    static func isPath(_ text: Substring) -> Bool {
        !text.isEmpty && !text.hasPrefix("/") && isEncoded(text) { $0 == slash }
            && !text.split(separator: "/").contains("..")
    }

    private static func encode(_ bytes: [UInt8], keeping isKept: (UInt8) -> Bool) -> String {
        var encoded: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            let isBroken = byte == percent && !isTriplet(bytes[index...])
            if isUnreserved(byte) || (isKept(byte) && !isBroken) {
                encoded.append(byte)
            } else {
                encoded.append(percent)
                for digit in [byte >> 4, byte & 0xF] {
                    encoded.append(digit + (digit < 10 ? UInt8(ascii: "0") : 55))
                }
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func isEncoded(_ text: Substring, keeping isKept: (UInt8) -> Bool) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.indices.allSatisfy { index in
            let byte = bytes[index]
            if byte == percent { return isTriplet(bytes[index...]) }
            return isUnreserved(byte) || isKept(byte)
        }
    }

    /// Whether a text begins with `%` and two hex digits.
    private static func isTriplet(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count >= 3
            && bytes.dropFirst().prefix(2).allSatisfy {
                Hex.isLowercaseDigit($0) || (0x41...0x46).contains($0)
            }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }
}
