import BundleModel
import LibGit2
import Testing

@testable import BundleRepository

@Suite("The documents that were parsed before")
struct DocumentMemoryTests {
    private let memory = DocumentMemory(limits: .standard, isOfOneBundle: true)

    /// Parses a file unless the memory has it; says whether it did.
    private func parses(_ path: String, _ version: Int) throws -> Bool {
        var isParsed = false
        let digits = String(version, radix: 16)
        let blob = try #require(
            ObjectID(hex: String(repeating: "0", count: 40 - digits.count) + digits))
        let path = try BundlePath(path)
        _ = try DocumentMemory.document(path, blob, .standard, in: memory) {
            (_) throws(SheafError) in
            isParsed = true
            return ParsedDocument(path: path, bytes: [])
        }
        return isParsed
    }

    @Test("do not become more with each revision, and the newest one's stay")
    func bounded() throws {
        var most = 0
        for revision in 1...200 {
            let isStableParsed = try parses("prompts/stable.md", 1)
            #expect(isStableParsed == (revision == 1))
            let isChangedParsed = try parses("prompts/changed.md", revision + 1)
            #expect(isChangedParsed)
            memory.finishRevision(files: 2)
            most = max(most, memory.count)
        }
        #expect(most > 2 && most <= 20, "\(most)")
        let isNewestParsed = try parses("prompts/changed.md", 201)
        #expect(!isNewestParsed)
    }

    @Test("of a large revision stay, however many they are")
    func large() throws {
        for number in 1...500 { _ = try parses("prompts/p\(number).md", number) }
        memory.finishRevision(files: 500)
        for number in 1...500 {
            let isParsed = try parses("prompts/p\(number).md", number)
            #expect(!isParsed)
        }
    }
}
