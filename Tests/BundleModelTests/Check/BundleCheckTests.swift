import BundleModel
import Testing

@Suite("The check of a bundle")
struct BundleCheckTests {
    @Test("the bundle of the design has no findings and all its documents")
    func design() throws {
        let result = BundleFiles.design.check()
        #expect(result.findings == [])
        let documents = try result.get(subject: "the bundle")
        #expect(documents.manifest.bundle.rawValue == "support-agents")
        #expect(documents.profiles.count == 2)
        #expect(documents.declarations.count == 3)
        let resolved = try ProfileResolver(documents: documents).resolve(.bundleDefault)
        #expect(resolved.lineage.map(\.description) == ["base", "coder"])
        #expect(
            resolved.declarations.map(\.name.rawValue) == [
                "checkout", "model-key", "tracker-token",
            ])
    }
}
