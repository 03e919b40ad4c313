import Foundation
import LibGit2
import Testing

@Suite struct ObjectIDTests {
    private static let text = "0123456789abcdef0123456789abcdef01234567"

    @Test("an id is read from and written as exactly 40 lowercase hexadecimal digits")
    func hex() throws {
        let id = try #require(ObjectID(hex: Self.text))
        #expect(id.hex == Self.text)
        #expect("\(id)" == Self.text)
        #expect(ObjectID(hex: Self.text[...]) == id)
    }

    @Test(
        "what is not 40 lowercase hexadecimal digits is no id",
        arguments: [
            "", "0", String(text.dropLast()), text + "0", text + "00", text.uppercased(),
            String(repeating: "g", count: 40), " " + text.dropFirst(), text.dropLast() + "é",
            String(repeating: "0", count: 64),
        ])
    func refusesHex(_ text: String) {
        #expect(ObjectID(hex: text) == nil)
    }

    @Test("an id's bytes give the id back, and only 20 of them do")
    func rawBytes() throws {
        let id = try #require(ObjectID(hex: Self.text))
        var bytes: [UInt8] = [9]
        id.appendRawBytes(to: &bytes)
        #expect(bytes[1...].starts(with: [0x01, 0x23, 0x45]) && bytes.count == 21)
        #expect(ObjectID(rawBytes: Array(bytes[1...])) == id)
        #expect(ObjectID(rawBytes: bytes) == nil)
        #expect(ObjectID(rawBytes: Array(bytes[2...])) == nil)
        #expect(ObjectID(rawBytes: bytes.span.extracting(1..<21)) == id)
    }

    @Test("ids are ordered as their text is, whichever digit differs", arguments: 0..<40)
    func order(_ position: Int) throws {
        var digits = Array(String(repeating: "7", count: 40))
        let middle = try #require(ObjectID(hex: String(digits)))
        digits[position] = "8"
        let larger = try #require(ObjectID(hex: String(digits)))
        #expect(middle < larger)
        #expect(!(larger < middle))
        #expect(middle != larger)
        #expect(!(middle < middle))
    }

    @Test(
        "an object's id is the one that git hash-object gives",
        arguments: ["", "a", "hello\n", "\0\u{1}\r\n", String(repeating: "long ", count: 50_000)])
    func hash(_ content: String) async throws {
        let folder = try TemporaryFolder()
        let git = Git(folder: folder.path)
        let id = try await git("hash-object", "--stdin", input: Data(content.utf8))
        #expect(ObjectID.hash(.blob, Array(content.utf8)).hex == id)
    }

    @Test("the kind is part of what is hashed")
    func kinds() {
        #expect(
            ObjectID.hash(.tree, []).hex == "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
        #expect(
            Set([ObjectKind.commit, .tree, .blob, .tag].map { ObjectID.hash($0, []) }).count == 4)
    }
}
