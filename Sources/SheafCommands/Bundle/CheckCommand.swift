internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf check`: everything that is wrong with a directory, as publishing would find it.
struct CheckCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find everything that is wrong with a bundle's directory.",
        discussion: """
            Every finding is a line with file, line, column, code and rule. Nothing is \
            published. Exit status 1 when there are findings.

            EXAMPLES
              sheaf check agents
              sheaf check . --format json

            JSON
              {"directory", "valid", "workspace", "bundle", "digest", "files", "bytes",
              "findings": [{"code", "rule", "path", "line", "column", "message", "hint"}],
              "leftOut": [{"path", "reason"}], "notes": [text]}
            """)

    @Argument(help: "The bundle's directory.", completion: .directory)
    var directory: String

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let directory: String
        let valid: Bool
        let workspace: WorkspaceID?
        let bundle: BundleID?
        let digest: BundleDigest?
        let files: Int
        let bytes: Int
        let findings: [Finding]
        let leftOut: [LeftOutFile]
        let notes: [String]
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let read = try await console.during("reading \(directory)") {
            () async throws(SheafError) in try await BundleDirectory.read(directory)
        }
        let result = Result(
            directory: directory, valid: read.findings.isEmpty,
            workspace: read.documents?.manifest.workspace,
            bundle: read.documents?.manifest.bundle, digest: read.digest, files: read.fileCount,
            bytes: read.byteCount, findings: read.findings, leftOut: read.leftOut,
            notes: read.notes)
        try console.show(result) { Self.text(result, $0) }
        guard let error = SheafError(findings: read.findings, in: "the bundle in '\(directory)'")
        else { return .yes }
        ErrorReport(error, showsFindings: false).write(to: console)
        return .no
    }

    private static func text(_ result: Result, _ style: TextStyle) -> String {
        var text = ErrorReport.text(result.findings, style)
        text += DirectoryText.leftOut(result.leftOut, result.notes, style)
        if let workspace = result.workspace, let bundle = result.bundle, let digest = result.digest
        {
            text += "\(style.green("valid:")) \(style.bold("\(workspace)/\(bundle)")), "
            text += "\(Count.text(result.files, "file")), \(ByteCount.text(result.bytes)), "
            text += "\(digest)\n"
        }
        return text
    }
}
