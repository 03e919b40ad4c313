internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf digest`: the identity of contents, from a directory or from a published state.
struct DigestCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "Print the digest of a directory or of a published state.",
        discussion: """
            The digest identifies contents alone: the same files have the same digest in every \
            directory, commit and repository. It proves integrity, not who made them.

            An operand that is a directory, contains a '/' or begins with '.' is a directory.

            EXAMPLES
              sheaf digest agents/
              sheaf digest support-agents@latest

            JSON
              {"operand", "digest"}
            """)

    @Argument(
        help: ArgumentHelp("A directory, or a reference.", valueName: "dir|ref"),
        completion: .directory)
    var operand: String

    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let operand: String
        let digest: BundleDigest
    }

    /// Rules whose findings mean that the digest would not cover what the directory shows.
    private static let uncovered: Set<String> = ["symbolic-link", "special-file", "submodule"]

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let digest: BundleDigest
        switch try Operand(operand) {
        case .directory(let path):
            digest = try await Self.digest(ofDirectory: path, console)
        case .reference(let reference):
            let repository = try await repository.open(
                for: .reading([reference.bundle]), console)
            digest = try await repository.digest(of: try await repository.resolve(reference))
        }
        try console.show(Result(operand: operand, digest: digest)) { _ in "\(digest)\n" }
        return .yes
    }

    private static func digest(
        ofDirectory path: String, _ console: Console
    ) async throws(SheafError) -> BundleDigest {
        let read = try await BundleDirectory.read(path)
        let blocking = read.findings.filter {
            $0.code == .limitExceeded || uncovered.contains($0.rule)
        }
        if let error = SheafError(findings: blocking, in: "'\(path)'") { throw error }
        guard let digest = read.digest else {
            try read.requireValid()
            throw SheafError(.malformedBundle, "'\(path)' has no digest")
        }
        if !read.findings.isEmpty {
            console.note(
                "this is no valid bundle: 'sheaf check' has "
                    + Count.text(read.findings.count, "finding"))
        }
        return digest
    }
}
