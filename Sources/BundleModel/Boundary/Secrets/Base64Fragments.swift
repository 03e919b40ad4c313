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

    /// The values of the digits of the run at hand, and for each of its lines how many stand before.
    private var digits: [UInt8] = []
    private var starts: [Int] = []
    /// The first digit that is decoded, one of the first four, how many bytes they stand for from
    /// there on, and the line that was come to in these.
    private var shift = 0
    private var decodedCount = 0
    private var line = 0

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

    /// Another text begins.
    mutating func begin() {
        if !text.isEmpty { (text, places) = ([], []) }
    }

    /// Everything that was found; nil for nothing.
    func view(upTo end: Int) -> DecodedView? {
        guard !text.isEmpty else { return nil }
        return DecodedView(bytes: text, places: places, width: Self.width, end: end)
    }

    /// Decodes one run, whose lines are given without what parts them.
    mutating func read(_ lines: [Range<Int>], of bytes: Span<UInt8>) {
        digits.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        let table = Base64Text.digits
        let values = table.span
        for line in lines {
            let count = digits.count
            starts.append(count)
            digits.append(contentsOf: repeatElement(0, count: line.count))
            for offset in 0..<line.count {
                digits[count &+ offset] = values[Int(bytes[line.lowerBound &+ offset])]
            }
        }
        for shift in 0..<4 {
            let rest = digits.count - shift
            self.shift = shift
            decodedCount = rest / 4 * 3 + max(0, rest % 4 - 1)
            line = 0
            var index = 0
            while index + Self.shortest <= decodedCount {
                index = behindBreak(from: index) ?? readPiece(from: index, lines)
            }
        }
    }

    /// The byte at an index of what the digits stand for.
    ///
    /// It is put together when it is asked for, because of bytes of chance few are looked at.
    @inline(__always)
    private static func byte(_ index: Int, _ digits: Span<UInt8>, _ shift: Int) -> UInt8 {
        let place = index % 3
        return byte(at: shift &+ index / 3 &* 4 &+ place, place, digits)
    }

    /// The byte whose first bits are in a digit, by its place among three bytes.
    @inline(__always)
    private static func byte(at digit: Int, _ place: Int, _ digits: Span<UInt8>) -> UInt8 {
        let left = UInt8(truncatingIfNeeded: 2 &+ 2 &* place)
        return digits[digit] &<< left | digits[digit &+ 1] &>> (6 &- left)
    }

    /// Where the next piece may begin, when none of the shortest length begins at an index: behind
    /// the last byte among so many that two neighbours alone tell to be no text. Bytes of chance
    /// are passed over by most of that length at a time.
    private func behindBreak(from start: Int) -> Int? {
        let (digits, shift) = (digits, shift)
        let values = digits.span
        let classes = Self.classes.span
        // No piece begins with a byte that only goes on.
        var first = start
        while first < decodedCount,
            classes[Int(Self.byte(first, values, shift))] >= Class.continuation
        {
            first += 1
        }
        if first > start { return first }
        var index = start + Self.shortest - 1
        // The first digit of the byte, and its place among three bytes.
        var place = index % 3
        var digit = shift + index / 3 * 4 + place
        var kind = classes[Int(Self.byte(at: digit, place, values))]
        while index > start {
            digit &-= place == 0 ? 2 : 1
            place = place == 0 ? 2 : place &- 1
            let before = classes[Int(Self.byte(at: digit, place, values))]
            if kind == Class.none { return index + 1 }
            let isInside = before != Class.ascii && before < Class.continuation
            // The first byte of a character and no other, or another one and no first.
            if isInside, kind != Class.continuation { return index }
            if kind == Class.continuation, !isInside, before != Class.continuation {
                return index + 1
            }
            kind = before
            index &-= 1
        }
        return nil
    }

    /// Reads what begins at an index up to the first byte that is no text, and keeps it when it is
    /// long enough; gives where the next piece may begin.
    private mutating func readPiece(from start: Int, _ lines: [Range<Int>]) -> Int {
        /// Bytes that the character at hand lacks, and NULs in a row.
        var missing: UInt8 = 0
        var nuls = 0
        var hasNul = false
        var index = start
        var isBroken = false
        let (digits, shift) = (digits, shift)
        let values = digits.span
        let classes = Self.classes.span
        while index < decodedCount, !isBroken {
            let kind = classes[Int(Self.byte(index, values, shift))]
            if missing > 0 {
                guard kind == Class.continuation else { break }
                missing -= 1
            } else if kind < Class.continuation {
                nuls = 0
                missing = kind
            } else if kind == Class.nul, index > start, nuls < 3 {
                nuls += 1
                hasNul = true
            } else {
                isBroken = true
                break
            }
            index += 1
        }
        if index - start >= Self.shortest { keep(start..<index, lines, hasNul: hasNul) }
        return isBroken ? index + 1 : index
    }

    /// Adds a piece of what was decoded to the text.
    private mutating func keep(_ piece: Range<Int>, _ lines: [Range<Int>], hasNul: Bool) {
        let (digits, shift) = (digits, shift)
        let values = digits.span
        text.append(UInt8(ascii: "\n"))
        let start = text.count
        var index = piece.lowerBound
        while index < piece.upperBound, line < lines.count {
            // Four digits are three bytes, the second digit completes the first.
            let read = starts[line] + lines[line].count - shift
            let end = min(piece.upperBound, read / 4 * 3 + max(0, read % 4 - 1))
            if end > index {
                let digit = shift + index / 3 * 4 + index % 3 + 1 - starts[line]
                // The digit before has the first bits of it.
                let original = lines[line].lowerBound + max(0, digit - 1)
                places.append(DecodedView.Place(decoded: text.count, original: original))
                while index < end {
                    text.append(Self.byte(index, values, shift))
                    index += 1
                }
            }
            if index < piece.upperBound { line += 1 }
        }
        if hasNul { narrow(from: start) }
    }

    /// Parts the text from an index on at its NULs, and adds it once more without them.
    private mutating func narrow(from start: Int) {
        let end = text.count
        let known = places.count
        // The place at or before each byte, and the bytes go by in order.
        var place = known - 1
        while place > 0, places[place].decoded > start { place -= 1 }
        text.append(UInt8(ascii: "\n"))
        for index in start..<end {
            while place + 1 < known, places[place + 1].decoded <= index { place += 1 }
            if text[index] == 0 {
                text[index] = UInt8(ascii: "\n")
            } else {
                let next = place + 1 < known ? places[place + 1] : nil
                let original = DecodedView.place(
                    of: index, behind: places[place], before: next, width: Self.width)
                places.append(DecodedView.Place(decoded: text.count, original: original))
                text.append(text[index])
            }
        }
    }
}
