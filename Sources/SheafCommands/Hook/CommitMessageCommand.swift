internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import Foundation

/// `sheaf hook commit-msg`: the trailers of a commit made with plain Git.
struct CommitMessageCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "commit-msg",
        abstract: "Write the trailers of a commit on a bundle's branch.",
        discussion: """
            On a branch 'bundles/<bundle>', and on a branch that begins at a revision, the \
            message gets the trailers of the next revision: its number, the digest of what is \
            staged, where it comes from. Your own trailers (Signed-off-by) stay. On other \
            branches nothing happens.

            An amended commit is known by the command line of 'git commit', which Linux shows; \
            elsewhere by a message that still has the trailers of the commit before. During a \
            rebase nothing is written: 'sheaf stamp' does it afterwards. A merge is refused, \
            because it would renumber history.

            EXAMPLES
              sheaf hook commit-msg .git/COMMIT_EDITMSG

            JSON
              {"outcome", "revision", "digest", "reason"}; 'outcome' is stamped, postponed
              or nothing_to_do
            """)

    @Argument(help: "The file with the message.", completion: .file())
    var file: String

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let outcome: String
        var revision: Int?
        var digest: BundleDigest?
        var reason: String?
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let stamp = MessageStamp(environment: ProcessInfo.processInfo.environment)
        let result: Result
        switch try await stamp.stamp(file: file) {
        case .nothingToDo: result = Result(outcome: "nothing_to_do")
        case .postponed(let reason):
            result = Result(outcome: "postponed", reason: reason)
            console.note("\(TextStyle.safe(reason)): run 'sheaf stamp' before you push")
        case .stamped(let provenance):
            result = Result(
                outcome: "stamped", revision: provenance.revision, digest: provenance.digest)
        }
        if console.format == .json { try console.write(JSONText.encode(result)) }
        return .yes
    }
}
