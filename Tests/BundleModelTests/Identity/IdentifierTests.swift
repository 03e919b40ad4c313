import BundleModel
import Foundation
import Testing

@Suite("The grammar of ids")
struct IdentifierTests {
    static let accepted = [
        "a", "z", "ab", "a1", "1a", "0x", "support-agents", "a.b", "a_b", "a--b", "a__b", "a-_.b",
        "v1.2.3", "1.2", "2024-01", "latest", "canary", "con1", "console", "com", "com10", "nulls",
        "a.con", "git", "a.git.b", "lock", "alock", "a.lockx", "deadbeef",
        String(repeating: "a", count: 64), String(repeating: "a", count: 40) + "g",
        String(repeating: "f", count: 39), String(repeating: "f", count: 41), "head", "fetch_head",
    ]

    static let refused: [(text: String, why: String)] = [
        ("", "is empty"),
        (String(repeating: "a", count: 65), "is longer"),
        ("-a", "must start and end"), ("a-", "must start and end"),
        ("_a", "must start and end"), ("a_", "must start and end"),
        (".a", "must start and end"), ("a.", "must start and end"),
        ("-", "must start and end"), (".", "must start and end"), ("..", "must start and end"),
        ("A", "must start and end"), ("é", "must start and end"), (" a", "must start and end"),
        ("a\n", "must start and end"), ("あ", "must start and end"), ("/", "must start and end"),
        ("aB", "must start and end"), ("--upload-pack=x", "must start and end"),
        ("a b", "may only contain"), ("a/b", "may only contain"), ("a\\b", "may only contain"),
        ("a:b", "may only contain"), ("a@b", "may only contain"), ("a~1", "may only contain"),
        ("a^1", "may only contain"), ("a*b", "may only contain"), ("aéb", "may only contain"),
        ("a\u{0}b", "may only contain"), ("a\u{200B}b", "may only contain"),
        ("aAa", "may only contain"), ("a{b", "may only contain"), ("a%2fb", "may only contain"),
        ("a..b", "must not contain '..'"), ("a...b", "must not contain '..'"),
        ("0", "only digits"), ("12", "only digits"), ("0123456789", "only digits"),
        (String(repeating: "7", count: 40), "only digits"),
        (String(repeating: "a", count: 40), "commit id"),
        ("0123456789abcdef0123456789abcdef01234567", "commit id"),
        ("a.lock", "must not end in"), ("a.git", "must not end in"), ("x.y.lock", "must not end"),
        ("con", "device"), ("nul", "device"), ("aux", "device"), ("prn", "device"),
        ("com1", "device"), ("lpt9", "device"), ("con.txt", "device"), ("nul.a.b", "device"),
    ]

    @Test("a good id is taken as it is", arguments: accepted)
    func good(text: String) throws {
        #expect(try BundleID(text).rawValue == text)
        #expect(try WorkspaceID(text).rawValue == text)
        #expect(try ChannelID(text).rawValue == text)
        #expect(try ProfileID(text).rawValue == text)
        #expect(try WorkerID(text).rawValue == text)
    }

    @Test("a bad id is refused with the reason", arguments: refused)
    func bad(text: String, why: String) {
        let error = #expect(throws: IdentifierError.self) { try BundleID(text) }
        #expect(error?.problem.contains(why) == true, "\(String(describing: error))")
        #expect(throws: IdentifierError.self) { try WorkspaceID(text) }
        #expect(throws: IdentifierError.self) { try ChannelID(text) }
        #expect(throws: IdentifierError.self) { try ProfileID(text) }
        #expect(throws: IdentifierError.self) { try WorkerID(text) }
    }

    @Test("whatever is accepted is safe as a reference name, path, URL and argument")
    func safety() {
        var random = SplitMix64(state: 0x5EED)
        let alphabet = Array("ab09.._--/\\:@~^ A\u{E9}\u{3042}\u{0}\n*%lockgitcon".unicodeScalars)
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789._-".unicodeScalars)
        var accepted = 0
        for _ in 0..<20_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...10, using: &random) {
                text.unicodeScalars.append(alphabet.randomElement(using: &random) ?? "a")
            }
            guard let id = try? BundleID(text) else { continue }
            accepted += 1
            #expect(id.rawValue == text)
            #expect(text.unicodeScalars.allSatisfy(allowed.contains))
            #expect(!text.isEmpty && text.utf8.count <= 64)
            #expect(!text.hasPrefix("-") && !text.hasPrefix(".") && !text.hasSuffix("."))
            #expect(!text.contains("/") && !text.contains(".."))
            #expect(!text.hasSuffix(".lock") && !text.hasSuffix(".git"))
            #expect(text.contains { !$0.isNumber })
        }
        #expect(accepted > 500)
    }

    @Test("an id is read from JSON only when it is one")
    func decoding() throws {
        let decoder = JSONDecoder()
        #expect(
            try decoder.decode([ProfileID].self, from: Data("[\"coder\"]".utf8)).map(\.rawValue)
                == ["coder"])
        #expect(throws: (any Error).self) {
            try decoder.decode([ProfileID].self, from: Data("[\"../x\"]".utf8))
        }
    }

    @Test("a refused id becomes an error that repeats it escaped and shortened")
    func asError() {
        let text = "a\u{1B}[2J" + String(repeating: "b", count: 200)
        let error = #expect(throws: IdentifierError.self) { try BundleID(text) }
        #expect(error?.asError().code == .invalidRequest)
        #expect(error?.description.contains("\u{1B}") == false)
        #expect((error?.shown.count ?? 1000) < 80)
    }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
