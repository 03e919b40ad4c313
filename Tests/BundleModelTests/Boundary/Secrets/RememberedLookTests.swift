import BundleModel
import Foundation
import Testing

/// What looks at a text remember, so that hostile ones take no longer: it must hide nothing.
@Suite("looks that remember")
struct RememberedLookTests {
    private static let value = ["Kq9vT2xL", "7mPz4Rw8"].joined()

    private func lines(_ text: String) -> [Int?] {
        BoundaryScan.findings(in: Array(text.utf8), path: "a.md").map(\.line)
    }

    @Test(
        "a quoted value is found behind many quotes that nothing closes",
        arguments: [
            ("\"", "\""), ("'", "'"), ("`", "`"), ("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"),
        ])
    func findsBehindOpenQuotes(_ open: String, _ close: String) {
        let openings = String(repeating: "pw=\(open)", count: 300)
        #expect(lines("\(openings)\npassword=\(open)\(Self.value)\(close)\n") == [2])
    }

    @Test("user information is found behind many placeholders that nothing closes")
    func findsBehindOpenPlaceholders() {
        let openings = String(repeating: "a://{", count: 300)
        let address = "https" + "://bot:\(Self.value)@db.example.org/x"
        #expect(lines("\(openings)\n\(address)\n") == [2])
        #expect(lines("\(openings) }\(openings)\n\(address)\n") == [2])
    }

    @Test(
        "a text in base64 is found between bytes of chance, whichever digit it begins at",
        arguments: 0..<4, 0..<3)
    func findsInChance(_ digits: Int, _ shift: Int) {
        var state: UInt32 = 7
        func chance(_ count: Int) -> [UInt8] {
            (0..<count).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return UInt8(state >> 24)
            }
        }
        let text = chance(300 + shift) + Array("\npassword=\(Self.value)\n".utf8) + chance(300)
        let base64 = String(repeating: "Q", count: digits) + Data(text).base64EncodedString()
        #expect(lines("x\n\(base64)\n") == [2])
        let middle = base64.index(base64.startIndex, offsetBy: 404 + digits)
        #expect(lines("x\n\(base64[..<middle])\n\(base64[middle...])\n") == [3])
    }
}
