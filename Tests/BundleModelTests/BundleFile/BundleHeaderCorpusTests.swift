import BundleModel
import TestSupport
import Testing

@Suite("headers that the fuzzer found, judged by git")
struct BundleHeaderCorpusTests {
    @Test("every kept header that we accept says the same to git")
    func kept() async throws {
        let directory = try TemporaryDirectory()
        let git = try await GitOracle(repositoryAt: directory.makeDirectory("repository"))
        var accepted = 0
        for bytes in try Fixtures.corpus("bundle-header") {
            guard let header = try? GitBundleHeader(bytes) else { continue }
            accepted += 1
            try directory.write(bytes, to: "repository/a.bundle")
            let output = try await git.check("bundle", "list-heads", "a.bundle")
            let lines = output.standardOutput.split(separator: 0x0A).map {
                String(decoding: $0, as: UTF8.self)
            }
            #expect(header.references.map { "\($0.commit) \($0.name)" } == lines)
        }
        #expect(accepted > 2)
    }
}
