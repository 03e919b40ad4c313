internal import ArgumentParser
internal import BundleModel
internal import WorkerRuntime

/// `sheaf runtime import`: takes releases from a file, with every check of a sync.
struct RuntimeImportCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Verify and accept the releases in a Git bundle file.",
        discussion: """
            The file is one that 'sheaf runtime export' wrote, or git: 'git bundle create \
            --version=2 FILE refs/heads/channels/BUNDLE/CHANNEL'. The host policy must serve the \
            bundle. Every check of a sync is made; what is refused leaves nothing behind, and the \
            release in service where it is. A file that brings nothing new does not count as \
            contact with the repository. Works beside a daemon, which takes it then.

            EXAMPLES
              sheaf runtime import stable.bundle

            JSON
              {"outcome", "pin", "release": {...}, "previous": {...}, "objects", "bytes",
              "profiles": [...]}, as in 'sheaf runtime sync'
            """)

    @Argument(help: "The file.", completion: .file())
    var file: String

    @OptionGroup var workspace: WorkspaceOption

    @Option(help: ArgumentHelp("How long it may take.", valueName: "seconds"))
    var timeout = 300

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try TimeoutOption.validate(timeout)
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let workspace = try workspace.value()
        let door = try await store.door()
        let path = DefaultLocations.absolute(file)
        let result = try await console.during("reading and verifying \(TextStyle.safe(file))") {
            () async throws(SheafError) in
            try await door.importFile(path, workspace, deadline: .seconds(timeout))
        }
        try console.show(SyncView(result)) { SyncText.text(result, $0) }
        return .yes
    }
}
