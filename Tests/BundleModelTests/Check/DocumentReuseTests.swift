import BundleModel
import Testing

@Suite("Documents that were read before")
struct DocumentReuseTests {
    @Test("a check with remembered documents finds what a check of the bytes finds")
    func same() throws {
        for bundle in try BrokenBundle.all.map({ try $0.load() }) {
            let entries = bundle.files.map { (name: Array($0.key.utf8), size: $0.value.count) }
            let parsed = Dictionary(
                uniqueKeysWithValues: bundle.files.compactMap { name, bytes in
                    (try? BundlePath(name)).map { ($0, ParsedDocument(path: $0, bytes: bytes)) }
                })
            let result = try BundleCheck.run(
                entries: entries, parse: { try #require(parsed[$0]) })
            #expect(result == bundle.check())
        }
    }

    @Test("the order of the entries does not matter")
    func order() {
        let files = BundleFiles.design.with("profiles/a.yaml", "lable: x\n")
            .with("assets/X", "").with("assets/x", "").files
        let names = files.keys.sorted()
        let results = [names, names.reversed()].map { names in
            BundleCheck.run(
                entries: names.map { (name: Array($0.utf8), size: files[$0]?.count ?? 0) },
                read: { files[$0.text] ?? [] })
        }
        #expect(results[0] == results[1])
        #expect(
            results[0].findings.map(\.rule) == ["path-collision", "missing-key", "unknown-key"])
    }
}
