internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import Foundation

/// `sheaf new`: writes the directory of a bundle, from agents in Markdown or as an example.
struct NewCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write the directory of a new bundle: an example, or imported agents.",
        discussion: """
            Without --import it is a small example with comments. With --import it is made of \
            Markdown files with front matter (name, description, model, tools), as Claude Code's \
            subagents are written, and of AGENTS.md. A secret or a host-local path in them is \
            refused, and nothing is written. Whatever is not in the bundle as it was is \
            listed, file by file; nothing is dropped silently.

            EXAMPLES
              sheaf new agents
              sheaf new agents --import ~/my-agents --bundle support-agents
              sheaf new agents --import AGENTS.md --workspace acme

            JSON
              {"directory", "workspace", "bundle", "files": [path], "profiles": [name],
              "notes": [{"path", "line", "kind": "left_out", "kept", "renamed" or "assumed",
              "what", "why"}]}
            """)

    @Argument(help: "The directory to write; it must not exist, or be empty.")
    var directory: String

    @Option(
        name: .customLong("import"),
        help: ArgumentHelp("A directory of agents, or one file.", valueName: "path"),
        completion: .directory)
    var source: String?

    @Option(
        help: ArgumentHelp("The bundle's id. Default: the directory's name.", valueName: "id"))
    var bundle: String?

    @Option(
        help: ArgumentHelp(
            "The bundle's workspace. Default: the repository's, or your user name.",
            valueName: "id"))
    var workspace: String?

    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var output: OutputOptions

    /// How many profiles are named to people.
    private static let shownProfiles = 16

    private struct Result: Encodable {
        let directory: String
        let workspace: WorkspaceID
        let bundle: BundleID
        let files: [BundlePath]
        let profiles: [ProfileID]
        let notes: [ImportNoteView]
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let target = try NewDirectory(directory)
        let bundle = try bundleID()
        let (workspace, isAssumed) = try await workspaceID(console)
        let files: [(path: BundlePath, bytes: [UInt8])]
        var profiles: [ProfileID] = []
        var notes: [ImportNoteView] = []
        if let source {
            let read = try ImportSource(source)
            let imported = AgentImport.convert(
                files: read.files, workspace: workspace, bundle: bundle)
            notes = read.notes + imported.notes.map(ImportNoteView.init)
            guard !imported.profiles.isEmpty else { throw Self.noAgents(source, notes) }
            (files, profiles) = (imported.files, imported.profiles)
            try ImportCheck.run(read.files, files, from: source)
        } else {
            files = StarterBundle.files(workspace: workspace, bundle: bundle)
        }
        try target.write(files)
        let result = Result(
            directory: directory, workspace: workspace, bundle: bundle, files: files.map(\.path),
            profiles: profiles, notes: notes)
        try console.show(result) { Self.text(result, $0) }
        if isAssumed {
            console.note("workspace '\(workspace)' is your user name; bundle.yaml can name another")
        }
        console.note("next: sheaf check \(directory) && sheaf publish \(directory) -m \"first\"")
        return .yes
    }

    private func bundleID() throws(SheafError) -> BundleID {
        if let bundle { return try IdentifierArgument.required(bundle) }
        let name = URL(filePath: DefaultLocations.absolute(directory)).lastPathComponent
        if let suggestion = IdentifierArgument.suggestion(from: name, as: BundleID.self) {
            return suggestion
        }
        throw SheafError(
            .invalidRequest, "no bundle id follows from the directory's name",
            hint: "give one with --bundle")
    }

    /// The workspace, and whether it was only assumed.
    private func workspaceID(
        _ console: Console
    ) async throws(SheafError) -> (WorkspaceID, isAssumed: Bool) {
        if let workspace { return (try IdentifierArgument.required(workspace), false) }
        if try hasRepository(),
            let own = try await repository.open(for: .workspace, console).workspace()
        {
            return (own, false)
        }
        let name = IdentifierArgument.suggestion(from: NSUserName(), as: WorkspaceID.self)
        if let name { return (name, true) }
        throw SheafError(
            .invalidRequest, "no workspace id follows from your user name",
            hint: "give one with --workspace")
    }

    /// Whether there is anything to ask for its workspace.
    private func hasRepository() throws(SheafError) -> Bool {
        if try repository.elsewhere() != nil { return true }
        return RepositoryOptions.exists(
            at: try LocalRepository.path(repository.repository, DefaultLocations()))
    }

    private static func noAgents(_ source: String, _ notes: [ImportNoteView]) -> SheafError {
        SheafError(
            .notFound, "there is no agent in '\(DisplayText.escape(source))'",
            hint: notes.first.map { "\($0.path): \($0.why)" }
                ?? "an agent is a Markdown file with front matter, or AGENTS.md")
    }

    private static func text(_ result: Result, _ style: TextStyle) -> String {
        var text = "\(style.green("made")) \(style.bold(result.directory)): bundle "
        text += "'\(result.bundle)' of workspace '\(result.workspace)', "
        text += "\(Count.text(result.files.count, "file"))\n"
        if !result.profiles.isEmpty {
            let names = result.profiles.prefix(shownProfiles).map(\.rawValue)
            let more = result.profiles.count - names.count
            text += "\(Count.text(result.profiles.count, "profile")): "
            text += names.joined(separator: ", ")
            text += more > 0 ? " and \(more) more in \(result.directory)/profiles\n" : "\n"
        }
        return result.notes.reduce(text) { $0 + $1.text(style) }
    }
}
