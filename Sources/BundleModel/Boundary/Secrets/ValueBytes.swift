/// A value that is judged, with the set of its bytes, which answers most questions about it.
struct ValueBytes {
    let bytes: [UInt8]
    /// Every byte that it has.
    let kinds: ByteSet

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        kinds = ByteSet(of: bytes.span)
    }

    init(_ bytes: ArraySlice<UInt8>) { self.init(Array(bytes)) }

    var count: Int { bytes.count }
    var first: UInt8? { bytes.first }
    var last: UInt8? { bytes.last }

    func has(_ byte: Unicode.Scalar) -> Bool { kinds.contains(UInt8(ascii: byte)) }

    /// Whether any of its bytes is one of these.
    func hasAny(of set: ByteSet) -> Bool { !kinds.isDisjoint(with: set) }

    /// Whether all of its bytes are among these.
    func consists(of set: ByteSet) -> Bool { kinds.isSubset(of: set) }

    var hasLetter: Bool { hasAny(of: .letters) }
    var hasDigit: Bool { hasAny(of: .digits) }

    func starts(with text: String) -> Bool { bytes.span.has(text, at: 0) }
}
