import Testing

@testable import BundleModel

@Suite("Sets of bytes")
struct ByteSetTests {
    @Test("the sets that are written as numbers hold the bytes that they are named after")
    func named() {
        #expect(ByteSet.all == ByteSet(0...255))
        #expect(ByteSet.digits == ByteSet(0x30...0x39))
        #expect(ByteSet.upperLetters == ByteSet(0x41...0x5A))
        #expect(ByteSet.lowerLetters == ByteSet(0x61...0x7A))
        #expect(ByteSet.hexDigits == ByteSet(ascii: "0123456789abcdefABCDEF"))
        #expect(ByteSet.beyondASCII == ByteSet(0x80...0xFF))
        #expect(ByteSet.letters == .upperLetters.union(.lowerLetters))
        #expect(ByteSet.alphanumerics == .letters.union(.digits))
        #expect(ByteSet.word == .alphanumerics.union(ByteSet(ascii: "_")))
    }
}
