internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// What a branch must be at for a write to go ahead.
struct ExpectationOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Go ahead only when the branch is at this commit.",
            discussion: "'none' when it must not exist yet. Otherwise the answer is 'conflict'.",
            valueName: "commit|none"))
    var expect: String?

    /// The expectation; throws `invalid_request`.
    func value() throws(SheafError) -> PublishRequest.Expectation {
        guard let expect else { return .any }
        if expect == "none" { return .absent }
        guard let commit = CommitID(expect) else {
            throw SheafError(
                .invalidRequest, "'\(DisplayText.escape(expect))' is not a commit",
                hint: "write all 40 hex digits, or 'none'")
        }
        return .commit(commit)
    }
}
