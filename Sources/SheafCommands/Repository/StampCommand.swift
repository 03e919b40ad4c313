internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf stamp`: renews the trailers of commits that are not pushed yet.
struct StampCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "stamp",
        abstract: "Renew the trailers of the commits that are not pushed yet.",
        discussion: """
            After a rebase, an amend or a commit without the hook, trailers no longer say what \
            the commits are. This writes the commits of the branch that is checked out anew, in \
            their order, behind its upstream or the revision named: each keeps its files, \
            author, date, text and your own trailers, and gets its number, digest and source. \
            Commits that are right stay as they are; a signature does not survive a rewrite. \
            Files and index are not touched.

            EXAMPLES
              sheaf stamp
              sheaf stamp --dry-run
              sheaf stamp origin/bundles/support-agents
              sheaf stamp --root

            JSON
              {"branch", "dryRun", "commits": [{"old", "new", "revision", "subject",
              "lostSignature"}]}
            """)

    @Argument(
        help: ArgumentHelp(
            "What stays as it is, as Git names it; 'REV..' is the same. Default: the upstream.",
            valueName: "rev"))
    var base: String?

    @Flag(help: "Stamp every commit; the first becomes revision 1.")
    var root = false

    @Flag(help: "Only say what would be done.")
    var dryRun = false

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        struct Commit: Encodable {
            let old: CommitID
            let new: CommitID
            let revision: Int
            let subject: String
            let lostSignature: Bool
        }

        let branch: String
        let dryRun: Bool
        let commits: [Commit]
    }

    func validate() throws {
        if root, base != nil { throw ValidationError("Give a revision or '--root', not both.") }
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let stamped = try await BranchStamp().stamp(from: try start(), dryRun: dryRun)
        let result = Result(
            branch: stamped.branch, dryRun: dryRun,
            commits: stamped.commits.map {
                Result.Commit(
                    old: $0.old, new: $0.new, revision: $0.revision, subject: $0.subject,
                    lostSignature: $0.lostSignature)
            })
        try console.show(result) { Self.text(result, $0) }
        if result.commits.contains(where: \.lostSignature) {
            console.note("signatures do not hold for rewritten commits and were dropped")
        }
        return .yes
    }

    private func start() throws(SheafError) -> BranchStamp.Base {
        if root { return .root }
        guard var text = base else { return .upstream }
        for end in ["..HEAD", ".."] where text.hasSuffix(end) {
            text.removeLast(end.count)
            break
        }
        guard !text.isEmpty, !text.contains("..") else {
            throw SheafError(
                .invalidRequest, "'\(DisplayText.escape(base ?? ""))' does not end at HEAD",
                hint: "name the commit that stays as it is; everything behind it is stamped")
        }
        return .revision(text)
    }

    private static func text(_ result: Result, _ style: TextStyle) -> String {
        if result.commits.isEmpty { return "there is nothing to stamp\n" }
        return result.commits.map { commit in
            let subject = TextStyle.safe(commit.subject)
            return commit.old == commit.new
                ? "\(commit.old.short) stays revision \(commit.revision)  \(subject)\n"
                : "\(commit.old.short) → \(style.green(commit.new.short)) revision "
                    + "\(commit.revision)  \(subject)\n"
        }.joined()
    }
}
