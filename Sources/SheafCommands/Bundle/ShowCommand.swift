internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import Foundation

/// `sheaf show`: a revision or release with its files, or the bytes of one file.
struct ShowCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a revision or release with its files, or one file of it.",
        discussion: """
            With a path, the file's bytes go to standard output as they are. Everything is read \
            from the object database; nothing is checked out.

            REFERENCES
              bundle                  the newest revision
              bundle@12               revision 12
              bundle@latest           the newest release of a channel
              bundle@<commit>         a revision or release by its 40 hex digits
              bundle@sha256:<digest>  the newest revision with these contents

            EXAMPLES
              sheaf show support-agents@2
              sheaf show support-agents@latest prompts/coder/system.md

            JSON
              {"revision": {"reference", "workspace", "bundle", "revision", "commit",
              "parent", "digest", "createdAt", "publisher": {"name", "email"}, "author":
              {...}, "subject", "body", "source", "sourceState", "program"}, "release":
              {...}, "files": [{"path", "size"}], "bytes"}; 'release' is there when the
              reference names one, as in 'sheaf channel list'. With a path: {"path",
              "size", "encoding": "utf-8" or "base64", "content"}
            """)

    @Argument(help: ArgumentHelp("A reference.", valueName: "ref"))
    var reference: String

    @Argument(help: "A file inside the bundle.")
    var path: String?

    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let revision: RevisionView
        let release: ReleaseView?
        let files: [BundleFile]
        let bytes: Int
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let reference = try BundleReference(reference)
        let path = try path.map(Self.bundlePath)
        let repository = try await repository.open(for: .reading([reference.bundle]), console)
        let commit = try await repository.resolve(reference)
        if let path {
            try Self.show(path, try await repository.file(path, of: commit), console)
            return .yes
        }
        let revision: Revision
        let release: Release?
        switch commit {
        case .revision(let found): (revision, release) = (found, nil)
        case .release(let found):
            release = found
            revision = try await repository.revision(of: found)
        }
        let files = try await repository.files(of: commit)
        let result = Result(
            revision: RevisionView(revision), release: release.map(ReleaseView.init), files: files,
            bytes: files.reduce(0) { $0 + $1.size })
        try console.show(result) { style in
            var text = CommitText.revision(revision, style)
            if let release { text += CommitText.release(release, style) }
            text += CommitText.message(revision)
            return text + Self.files(result, style)
        }
        return .yes
    }

    private static func bundlePath(_ text: String) throws(SheafError) -> BundlePath {
        do throws(PathProblem) {
            return try BundlePath(text)
        } catch {
            throw SheafError(
                .invalidRequest, "'\(DisplayText.escape(text))' is no path inside a bundle",
                hint: "paths are as 'sheaf show REF' lists them")
        }
    }

    private static func show(
        _ path: BundlePath, _ bytes: [UInt8], _ console: Console
    ) throws(SheafError) {
        if console.format == .text { return try console.write(bytes) }
        let text = String(validating: bytes, as: UTF8.self)
        try console.write(
            JSONText.encode(
                FileContentView(
                    path: path, size: bytes.count, encoding: text == nil ? "base64" : "utf-8",
                    content: text ?? Data(bytes).base64EncodedString())))
    }

    private static func files(_ result: Result, _ style: TextStyle) -> String {
        let summary = "\(Count.text(result.files.count, "file")), \(ByteCount.text(result.bytes))"
        let width = result.files.map { String($0.size).count }.max() ?? 0
        return result.files.reduce("\n\(style.bold(summary))\n") { text, file in
            let size = String(file.size)
            let padding = String(repeating: " ", count: width - size.count + 2)
            return text + "\(padding)\(style.dim(size))  \(file.path)\n"
        }
    }
}
