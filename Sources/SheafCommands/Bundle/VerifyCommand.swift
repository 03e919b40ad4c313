internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf verify`: recomputes what a revision or release claims.
struct VerifyCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute everything that a revision or release claims.",
        discussion: """
            Trailers, workspace, place in the history, every tree entry and document, and the \
            digest are computed from the raw objects, without any memory of earlier work.

            It proves that the contents are the ones named. It does not prove who made them: a \
            digest is integrity, not authenticity.

            EXAMPLES
              sheaf verify support-agents@2
              sheaf verify support-agents@latest

            JSON
              {"reference", "commit", "revision", "release", "digest", "files", "bytes",
              "checks": [text]}; 'release' is the number on the channel when a release was
              named
            """)

    @Argument(help: ArgumentHelp("A reference, as in 'sheaf show'.", valueName: "ref"))
    var reference: String

    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let reference: String
        let commit: CommitID
        let revision: Int
        let release: Int?
        let digest: BundleDigest
        let files: Int
        let bytes: Int
        let checks: [String]
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let reference = try BundleReference(reference)
        let repository = try await repository.open(for: .reading([reference.bundle]), console)
        let verification = try await console.during("verifying \(reference)") {
            () async throws(SheafError) in try await repository.verify(reference)
        }
        var release: Int?
        if case .release(let found) = verification.commit { release = found.sequence }
        let result = Result(
            reference: reference.description, commit: verification.commit.commit,
            revision: verification.commit.provenance.revision, release: release,
            digest: verification.digest, files: verification.files, bytes: verification.bytes,
            checks: verification.checks)
        try console.show(result) { Self.text(result, $0) }
        return .yes
    }

    private static func text(_ result: Result, _ style: TextStyle) -> String {
        var text = result.checks.reduce("") { $0 + "\(style.green("ok")) \($1)\n" }
        let release = result.release.map { ", release \($0)" } ?? ""
        text += "\(style.green("verified:")) \(style.bold(result.reference)) "
        text += "(revision \(result.revision)\(release), commit \(result.commit.short)), "
        text += "\(Count.text(result.files, "file")), \(ByteCount.text(result.bytes)), "
        return text + "\(result.digest)\n"
    }
}
