import BundleModel
import Testing

@Suite("The bundles in fixtures")
struct FixtureBundleTests {
    /// What stands in for the profile that a runtime brings along.
    static let builtins: [ProfileID: ProfileDocument] = {
        guard let name = try? ProfileID("coder"),
            let profile = try? ProfileDocument.read(
                Array(
                    """
                    schema: sheaf/profile/v1
                    label: Coder
                    tools: { read: allow, shell: ask }
                    settings: { maxTurns: 30, sandbox: strict }
                    """.utf8), name: name, path: "builtin:coder")
        else { return [:] }
        return [name: profile]
    }()

    @Test("a bundle of the fixtures has no findings", arguments: BundleFixture.bundles)
    func clean(_ fixture: BundleFixture) throws {
        let result = try fixture.load().check()
        #expect(result.findings.map { "\($0.location ?? ""): \($0.message)" } == [])
    }

    @Test("every profile of the fixtures resolves", arguments: BundleFixture.bundles)
    func resolves(_ fixture: BundleFixture) throws {
        let documents = try fixture.load().check().get(subject: fixture.path)
        let resolver = ProfileResolver(documents: documents, builtins: Self.builtins)
        for name in documents.profiles.keys {
            let profile = try resolver.resolve(.named(name))
            #expect(profile.prompts["system"] != nil || name.rawValue == "base")
            #expect(profile.engine?.rawValue == "claude-code")
            #expect(profile.tools["shell"] == .deny || name.rawValue == "coder")
        }
    }

    @Test("the fixtures use every kind of document, declaration and reference")
    func complete() throws {
        var kinds: Set<DeclarationKind> = []
        var schemes: Set<ReferenceScheme> = []
        for fixture in BundleFixture.bundles {
            let documents = try fixture.load().check().get(subject: fixture.path)
            kinds.formUnion(documents.declarations.values.map(\.kind))
            schemes.formUnion(documents.declarations.values.map(\.ref.scheme))
            #expect(!documents.tools.isEmpty)
            #expect(!documents.models.isEmpty)
            #expect(!documents.plugins.isEmpty)
            #expect(!documents.workflows.isEmpty)
            #expect(documents.paths.contains { $0.fileExtension == "png" })
            #expect(
                documents.profiles.values.contains {
                    if case .builtin? = $0.extends?.value { true } else { false }
                })
        }
        #expect(kinds == Set(DeclarationKind.allCases))
        #expect(schemes == Set(ReferenceScheme.allCases))
    }
}

extension [ToolName: ToolPolicy] {
    subscript(name: String) -> ToolPolicy? {
        ToolName(name).flatMap { self[$0] }
    }
}
