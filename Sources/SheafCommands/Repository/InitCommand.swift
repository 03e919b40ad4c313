internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf init`: makes the repository of a workspace and the host policy of the runtime.
struct InitCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the repository of a workspace, and a host policy.",
        discussion: """
            What is there already is left as it is, so that the command can be repeated. The \
            first 'sheaf publish' does the same with the workspace in bundle.yaml.

            The host policy serves the workspace from this repository, allows builtin profiles \
            and grants nothing else; it is written when the workspace is known.

            EXAMPLES
              sheaf init --workspace acme
              sheaf init --workspace acme --bare /srv/sheaf/acme.git

            JSON
              {"repository": {"path", "isNew"}, "workspace", "policy": {"path", "isNew"}}
            """)

    @Option(
        help: ArgumentHelp(
            "The workspace that owns the repository.",
            discussion: "Default: that of the first bundle published.", valueName: "id"))
    var workspace: String?

    @Option(
        help: ArgumentHelp("Where to make the repository.", valueName: "path"),
        completion: .directory)
    var bare: String?

    @OptionGroup var repository: LocalRepositoryOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let repository: Installation.Part
        let workspace: WorkspaceID?
        let policy: Installation.Part?
    }

    func validate() throws {
        if bare != nil, repository.repository != nil {
            throw ValidationError("'--bare' and '--repository' say the same; give one of them.")
        }
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let wanted = try IdentifierArgument.optional(workspace, as: WorkspaceID.self)
        let path = if let bare { bare } else { try repository.path() }
        let installation = Installation(
            repositoryPath: path, policyPath: store.policyPath())
        let made: Installation.Part
        let owner: WorkspaceID?
        if installation.hasRepository {
            let existing = try BundleRepository.open(at: path)
            if let wanted { try await existing.record(wanted) }
            owner = try await existing.workspace()
            made = Installation.Part(path: DefaultLocations.absolute(path), isNew: false)
        } else {
            made = try installation.makeRepository(of: wanted).part
            owner = wanted
        }
        let policy = try owner.map { (owner) throws(SheafError) in
            try installation.makePolicy(serving: owner)
        }
        let result = Result(repository: made, workspace: owner, policy: policy)
        try console.show(result) { Self.text(result, $0) }
        if !made.isNew { await Self.noteProblems(of: path, console) }
        if made.isNew {
            console.note("next: 'sheaf new DIR' writes a bundle, 'sheaf publish DIR' publishes it")
        }
        return .yes
    }

    /// A repository that Git made has no gate, and is left as it is until somebody says so.
    private static func noteProblems(of repository: String, _ console: Console) async {
        // A remark beside the result: what cannot be examined is for 'sheaf doctor' to say.
        guard let program = try? RunningProgram.path(),
            let doctor = try? RepositoryDoctor(of: repository, program: program),
            let count = try? await doctor.examine().count, count > 0
        else { return }
        console.note(
            "the repository has \(Count.text(count, "problem")); 'sheaf doctor' shows them and "
                + "'sheaf doctor --fix' installs the push gate")
    }

    private static func text(_ result: Result, _ style: TextStyle) -> String {
        let owner =
            result.workspace.map { "of workspace '\($0)'" }
            ?? "of the workspace that is published first"
        var text = line("repository", result.repository, owner, style)
        if let policy = result.policy {
            text += line("host policy", policy, "that grants nothing yet", style)
        }
        return text
    }

    private static func line(
        _ noun: String, _ part: Installation.Part, _ remark: String, _ style: TextStyle
    ) -> String {
        part.isNew
            ? "\(style.green("made")) the \(noun) \(part.path) \(remark)\n"
            : "the \(noun) \(part.path) is there already\n"
    }
}
