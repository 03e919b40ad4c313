import BundleModel
import Foundation
import TestSupport
import Testing

@Suite("The import of a real collection")
struct RealCollectionTests {
    @Test("every agent of its history becomes a profile, and what is missing has a note")
    func history() async throws {
        guard let collection = Fixtures.agentCollection else {
            print("the real collection is not beside this package; its test is left out")
            return
        }
        let directory = try TemporaryDirectory()
        let checkout = directory.appending("collection")
        try await GitOracle(in: directory.url).check(
            "clone", "--quiet", collection.path(percentEncoded: false), "collection")
        let git = GitOracle(in: checkout)
        let commits = try await git.lines("rev-list", "--reverse", "HEAD")
        #expect(commits.count == 98)
        for commit in stride(from: 0, to: commits.count, by: 12).map({ commits[$0] })
            + commits.suffix(1)
        {
            try await git.check("checkout", "--quiet", commit)
            let files = try Fixtures.files(below: checkout)
            let bundle = try ImportedBundle(files: files)
            #expect(bundle.check.findings == [], "\(commit)")
            let headed = files.filter { $0.bytes.starts(with: Array("---".utf8)) }
            #expect(bundle.result.profiles.count == headed.count)
            #expect(bundle.result.unmapped == [])
            // Every file ends as it was, as a prompt without its head or as the whole file.
            let contents = Set(bundle.result.files.map(\.bytes))
            for file in files where !headed.contains(where: { $0.path == file.path }) {
                #expect(contents.contains(file.bytes), "\(file.path)")
            }
            let ends = Set(bundle.result.files.map { $0.bytes.suffix(200) })
            for file in headed { #expect(ends.contains(file.bytes.suffix(200)), "\(file.path)") }
        }
    }
}
