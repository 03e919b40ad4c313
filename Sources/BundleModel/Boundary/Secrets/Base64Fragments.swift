/// The texts in what runs of base64 decode to, and where each stands.
///
/// A run may begin with letters that are no part of the base64, and hold bytes that are no text. So
/// it is decoded from each of its first four digits on, to its end, and every piece of UTF-8 in
/// that is kept: chance hardly ever makes one of ``shortest`` bytes. Texts in units of two or four
/// bytes are kept without the NULs, and with line breaks in their place.
struct Base64Fragments {
    /// A shorter piece is left.
    private static let shortest = 12
    private static let width = (original: 4, decoded: 3)

    private var text: [UInt8] = []
    private var places: [DecodedView.Place] = []

    /// What was decoded up to a digit, and is yet to be told from chance.
    private struct Piece {
        /// The digit that completed its first byte, by line and place, and the digit before.
        var line = 0
        var index = 0
        var before = 0
        /// How many digits of four were read then.
        var phase = 0
        var count = 0
    }

    /// What a byte may be in a text.
    private enum Class {
        static let ascii: UInt8 = 0
        /// With the number of bytes that follow: 1 to 3.
        static let continuation: UInt8 = 4
        static let nul: UInt8 = 5
        static let none: UInt8 = 6
    }

    private static let classes: [UInt8] = (0...255).map { byte in
        switch UInt8(byte) {
        case 0x20..<0x7F, 0x09, 0x0A, 0x0D: Class.ascii
        case 0x80...0xBF: Class.continuation
        case 0xC2...0xDF: 1
        case 0xE0...0xEF: 2
        case 0xF0...0xF4: 3
        case 0x00: Class.nul
        default: Class.none
        }
    }

    /// Everything that was found; nil for nothing.
    func view(upTo end: Int) -> DecodedView? {
        guard !text.isEmpty else { return nil }
        return DecodedView(bytes: text, places: places, width: Self.width, end: end)
    }

    /// Decodes one run, whose lines are given without what parts them.
    mutating func read(_ lines: [Range<Int>], of bytes: Span<UInt8>) {
        for shift in 0..<4 { read(lines, of: bytes, from: shift) }
    }

    private mutating func read(_ lines: [Range<Int>], of bytes: Span<UInt8>, from shift: Int) {
        let allDigits = Base64Text.digits
        let digits = allDigits.span
        let classes = Self.classes.span
        var piece = Piece()
        var previous = 0
        var phase = 0
        /// Bytes that the character at hand lacks, and NULs in a row.
        var missing: UInt8 = 0
        var nuls = 0
        for number in lines.indices {
            let line = lines[number]
            for index in line.lowerBound + (number == 0 ? shift : 0)..<line.upperBound {
                let before = previous
                previous = Int(digits[Int(bytes[index])])
                let byte = Self.byte(before, previous, phase)
                phase = (phase + 1) & 3
                if phase == 1 { continue }
                let kind = classes[byte]
                if missing > 0 {
                    if kind == Class.continuation {
                        missing -= 1
                        piece.count += 1
                        continue
                    }
                    missing = 0
                    keep(piece, lines, bytes)
                    piece.count = 0
                }
                if kind == Class.ascii {
                    nuls = 0
                } else if kind < Class.continuation {
                    nuls = 0
                    missing = kind
                } else if kind == Class.nul, piece.count > 0, nuls < 3 {
                    nuls += 1
                } else {
                    if piece.count >= Self.shortest { keep(piece, lines, bytes) }
                    piece.count = 0
                    continue
                }
                if piece.count == 0 {
                    piece.line = number
                    piece.index = index
                    piece.before = before
                    piece.phase = phase
                    nuls = 0
                }
                piece.count += 1
            }
        }
        keep(piece, lines, bytes)
    }

    /// The byte that a digit completes, when it is the second, third or last of four.
    private static func byte(_ before: Int, _ digit: Int, _ phase: Int) -> Int {
        (before << 6 | digit) >> (6 - 2 * phase) & 0xFF
    }

    /// Adds a piece to the text when it is long enough.
    private mutating func keep(
        _ piece: Piece, _ lines: [Range<Int>], _ bytes: Span<UInt8>
    ) {
        guard piece.count >= Self.shortest else { return }
        let allDigits = Base64Text.digits
        let digits = allDigits.span
        text.append(UInt8(ascii: "\n"))
        let start = text.count
        var (previous, phase, left) = (piece.before, piece.phase - 1, piece.count)
        var hasNul = false
        for number in piece.line..<lines.count where left > 0 {
            let line = lines[number]
            var isPlaced = false
            for index in (number == piece.line ? piece.index : line.lowerBound)..<line.upperBound {
                let before = previous
                previous = Int(digits[Int(bytes[index])])
                let byte = UInt8(Self.byte(before, previous, phase & 3))
                phase += 1
                if phase & 3 == 1 { continue }
                if !isPlaced {
                    // The digit before has the first bits of it.
                    let original = max(line.lowerBound, index - 1)
                    places.append(DecodedView.Place(decoded: text.count, original: original))
                    isPlaced = true
                }
                text.append(byte)
                if byte == 0 { hasNul = true }
                left -= 1
                if left == 0 { break }
            }
        }
        if hasNul { narrow(from: start) }
    }

    /// Parts the text from an index on at its NULs, and adds it once more without them.
    private mutating func narrow(from start: Int) {
        let end = text.count
        text.append(UInt8(ascii: "\n"))
        for index in start..<end {
            if text[index] == 0 {
                text[index] = UInt8(ascii: "\n")
            } else {
                let original = DecodedView.place(of: index, in: places, width: Self.width)
                places.append(DecodedView.Place(decoded: text.count, original: original))
                text.append(text[index])
            }
        }
    }
}
