/// Classes of bytes that the readers and the rules of the boundary share.
enum TextByte {
    static func isLetter(_ byte: UInt8) -> Bool { byte.isASCIILetter }

    static func isDigit(_ byte: UInt8) -> Bool { byte.isASCIIDigit }

    /// A letter, a digit or `_`.
    static func isWord(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == 0x5F
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    static func isSpace(_ byte: UInt8) -> Bool { isBlank(byte) || byte == 0x0A }

    /// `,` and the brackets of YAML and JSON.
    static func isFlow(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2C, 0x5B, 0x5D, 0x7B, 0x7D: true
        default: false
        }
    }

    /// The value of a hexadecimal digit.
    static func hex(_ byte: UInt8) -> UInt8? { byte.hexValue }

    static func lower(_ byte: UInt8) -> UInt8 { byte.asciiFolded }
}
