import BundleModel
import Testing

@Suite("The bundle to start from")
struct StarterBundleTests {
    @Test("it passes the check and every profile resolves")
    func check() throws {
        let files = StarterBundle.files(
            workspace: try WorkspaceID("acme"), bundle: try BundleID("starter"))
        #expect(files.map(\.path) == files.map(\.path).sorted())
        let contents = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.bytes) })
        let result = BundleCheck.run(
            entries: files.map { (name: Array($0.path.text.utf8), size: $0.bytes.count) },
            read: { contents[$0] ?? [] })
        #expect(result.findings == [])
        let documents = try result.get(subject: "the starter bundle")
        #expect(documents.manifest.workspace.rawValue == "acme")
        #expect(documents.manifest.bundle.rawValue == "starter")
        #expect(documents.profiles.count == 1)
        #expect(documents.tools.count == 1)
        #expect(documents.models.count == 1)
        #expect(documents.declarations.values.map(\.required) == [false])
        let profile = try ProfileResolver(documents: documents).resolve(.bundleDefault)
        #expect(profile.declarations.map(\.name.rawValue) == ["checkout"])
    }

    @Test("each file explains itself")
    func comments() throws {
        let files = StarterBundle.files(
            workspace: try WorkspaceID("acme"), bundle: try BundleID("starter"))
        for file in files where file.path.fileExtension == "yaml" {
            #expect(file.bytes.first == 0x23, "\(file.path)")
        }
    }
}
