import BundleModel
import TestSupport
import Testing

@Suite("messages that the fuzzer found, judged by git")
struct TrailerCorpusTests {
    @Test("every kept message gives the trailers that git prints")
    func kept() async throws {
        let read = try Fixtures.corpus("trailers").compactMap { bytes in
            (try? CommitMessage(bytes: bytes)).map { (bytes, $0) }
        }
        let found = try await GitTrailers.parse(read.map(\.0))
        try #require(found.count == read.count && read.count > 10)
        for ((bytes, message), expected) in zip(read, found) {
            // Git prints a value with its own bytes; ours are text with the same ones.
            #expect(
                message.trailers.map(\.description) == expected,
                "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
        }
    }
}
