internal import ArgumentParser
internal import BundleModel

/// `sheaf hook pre-receive`: the push gate.
struct PreReceiveCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "pre-receive",
        abstract: "Refuse a push unless all that is new in it is in order.",
        discussion: """
            Git runs this before it takes a push, with a line '<old> <new> <ref>' for every \
            reference on standard input. Only branches of revisions and of releases may move, \
            and only forward; every new commit is checked, its contents as 'sheaf check' does. \
            Whatever goes wrong, the push is refused.

            EXAMPLES
              sheaf hook pre-receive < updates
              sheaf hook pre-receive --deadline 60 < updates

            JSON
              {"accepted", "refusals": [{"reference", "commit", "error": {"code", "message",
              "details", "hint", "findings"}}]}
            """)

    @OptionGroup var deadline: HookDeadline
    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        try await ServerHook.preReceive.run(deadline: deadline.deadline, console)
    }
}
