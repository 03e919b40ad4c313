internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import WorkerRuntime

/// `sheaf runtime export`: writes a channel into a file that a host without a network imports.
struct RuntimeExportCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the releases of a channel into a Git bundle file.",
        discussion: """
            For a host without a network, which takes the file with 'sheaf runtime import'. \
            'git bundle verify', 'git clone' and 'git fetch' read it too. With '--since' it has \
            only what came after that release, which whoever imports it must have. Works beside \
            the process that owns the store.

            EXAMPLES
              sheaf runtime export support-agents@stable stable.bundle
              sheaf runtime export support-agents@stable update.bundle --since 12

            JSON
              {"file", "release": {...}, "since": {...}, "objects", "bytes"}; a release is
              as in 'sheaf channel list'
            """)

    @Argument(help: ArgumentHelp("The channel.", valueName: "bundle@channel"))
    var reference: String

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @Option(
        help: ArgumentHelp(
            "The release that the other host has: its number, or its commit.",
            valueName: "number|commit"))
    var since: String?

    @Flag(help: "Replace a file that is there.")
    var force = false

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let file: String
        let release: ReleaseView
        let since: ReleaseView?
        let objects: Int
        let bytes: Int
    }

    private func base() throws(SheafError) -> ExportBase? {
        guard let since else { return nil }
        if let commit = CommitID(since) { return .release(commit) }
        let digits = since.hasPrefix("#") ? since.dropFirst() : since[...]
        guard let number = Int(digits), number > 0 else {
            throw SheafError(
                .invalidRequest, "'\(DisplayText.escape(since))' names no release",
                hint: "give its number on the channel, or the 40 digits of its commit")
        }
        return .sequence(number)
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let reference = try ChannelReference(reference)
        let workspace = try workspace.value()
        let base = try base()
        let runtime = try store.open(.reader)
        let (path, replacing) = (DefaultLocations.absolute(file), force)
        let exported = try await console.during("writing \(TextStyle.safe(file))") {
            () async throws(SheafError) in
            try await runtime.export(
                reference.bundle, on: reference.channel, workspace: workspace, since: base,
                to: path, replacing: replacing)
        }
        let result = Result(
            file: file, release: ReleaseView(exported.release),
            since: exported.base.map(ReleaseView.init), objects: exported.objects,
            bytes: exported.bytes)
        try console.show(result) { style in
            var text = "\(style.green("written")) \(TextStyle.safe(file)): "
            text += "\(style.bold(reference.description)) #\(exported.release.sequence)"
            if let base = exported.base { text += ", what came after #\(base.sequence)" }
            text += "\n  \(Count.text(exported.objects, "object")), "
            return text + "\(ByteCount.text(exported.bytes))\n"
        }
        return .yes
    }
}
