internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import WorkerRuntime

/// `sheaf explain`: a resolved profile, field by field, with where each value came from.
struct ExplainCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show a profile with all that it extends, and where each value came from.",
        discussion: """
            Profiles are put together root first: maps merge by key, null removes a key, \
            anything else replaces. The digest is that of the resolved profile: two bundles \
            with the same one resolve the profile alike, whatever else they hold.

            EXAMPLES
              sheaf explain support-agents@stable coder
              sheaf explain ./agents reviewer
              sheaf explain support-agents

            JSON
              {"bundle", "profile", "lineage": [...], "digest", "fields": [{"field",
              "value", "file", "line", "overrode": [{"file", "line"}], "removed"}],
              "declarations": [{"name", "kind", "ref", "required", "purpose",
              "access"}]}; 'lineage' has the root first, 'overrode' the nearest first
            """)

    @Argument(
        help: ArgumentHelp("A reference, or a bundle's directory.", valueName: "ref|directory"))
    var bundle: String

    @Argument(help: "A profile; the bundle's default when left out.")
    var profile: String?

    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let operand = try Operand(bundle)
        let selector = try profile.map { (text) throws(SheafError) in
            try ProfileSelector(text)
        }
        let resolver = ProfileResolver(
            documents: try await documents(operand, console), builtins: BuiltinProfiles.all)
        let resolved = try resolver.resolve(selector ?? .bundleDefault)
        let explanation = ExplanationView(resolved, bundle: operand.description)
        try console.show(explanation) { ExplainText.text(explanation, $0) }
        return .yes
    }

    private func documents(
        _ operand: Operand, _ console: Console
    ) async throws(SheafError) -> BundleDocuments {
        switch operand {
        case .directory(let path):
            let directory = try await BundleDirectory.read(path)
            guard let documents = directory.documents else {
                try directory.requireValid()
                throw SheafError(.malformedBundle, "'\(path)' has no usable bundle.yaml")
            }
            return documents
        case .reference(let reference):
            let repository = try await repository.open(
                for: .reading([reference.bundle]), console)
            return try await repository.documents(of: repository.resolve(reference))
        }
    }
}
