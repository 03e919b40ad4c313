internal import ArgumentParser
internal import BundleModel

/// `sheaf scan`: secrets and host-local paths in any files.
struct ScanCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Find secrets and host-local paths in any files.",
        discussion: """
            The same scan stands at every door of a bundle; here it needs no bundle around the \
            files. Every file below a directory is scanned, whatever its name, size or kind, also \
            what Git ignores; only Git's own '.git' is left out. Symbolic links are not followed: \
            their names and targets are scanned. '-' is standard input.

            A finding is a line with file, line, column and rule, and what to write instead. It \
            shows at most the first four characters of what was found. There is no comment that \
            switches a rule off: a false alarm is a defect of the rule.

            Exit status 1 when there are findings.

            EXAMPLES
              sheaf scan agents
              sheaf scan README.md deploy/*.yaml --format json
              git show HEAD:prompts/system.md | sheaf scan - --name system.md

            JSON
              {"clean", "files", "bytes", "findings": [{"code", "rule", "path", "line",
              "column", "message", "hint"}], "notScanned": [{"path", "reason"}]}
            """)

    @Argument(
        help: "Files and directories; '-' is standard input.", completion: .file())
    var paths: [String]

    @Option(
        help: ArgumentHelp(
            "The name of what comes from standard input; its extension says what it is.",
            valueName: "name"))
    var name = "standard-input"

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let clean: Bool
        let files: Int
        let bytes: Int
        let findings: [Finding]
        let notScanned: [ScanList.Skipped]
    }

    func validate() throws {
        if paths.isEmpty { throw ValidationError("Give at least one file or directory.") }
        if paths.filter({ $0 == "-" }).count > 1 {
            throw ValidationError("Standard input can be read only once.")
        }
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        var list = ScanList(inputName: name)
        for path in paths { try list.add(path) }
        let files = list.files
        let count = list.fileCount
        let scanned = try await console.during("scanning \(Count.text(count, "file"))") {
            () async throws(SheafError) in try ScannedFiles(files)
        }
        let result = Result(
            clean: scanned.findings.isEmpty, files: count, bytes: scanned.bytes,
            findings: scanned.findings, notScanned: list.skipped)
        try console.show(result) { Self.text(result, $0) }
        return result.clean ? .yes : .no
    }

    private static func text(_ result: Result, _ style: TextStyle) -> String {
        var text = ErrorReport.text(result.findings, style)
        for skipped in result.notScanned {
            text += "\(style.dim("not scanned:")) \(TextStyle.safe(skipped.path)) "
            text += "(\(skipped.reason))\n"
        }
        let amount = "\(Count.text(result.files, "file")), \(ByteCount.text(result.bytes))"
        if result.clean { return text + "\(style.green("clean:")) \(amount)\n" }
        let found = Count.text(result.findings.count, "finding")
        return text + "\(style.red("refused:")) \(found) in \(amount)\n"
    }
}
