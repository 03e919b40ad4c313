internal import ArgumentParser
internal import BundleModel

/// `sheaf hook proc-receive`: the guard of the push gate.
///
/// Git runs a push without a pre-receive hook that is missing or not executable, and says no word.
/// A proc-receive hook that `receive.procReceiveRefs` asks for is another matter: without it, no
/// reference moves. So this one asks the gate again, which remembers what it found in order, and
/// hands what was taken back to Git (`option fall-through`).
///
/// Source: githooks(5), proc-receive.
struct ProcReceiveCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "proc-receive",
        abstract: "Let Git move what the push gate took.",
        discussion: """
            Git runs this for every push to a repository whose receive.procReceiveRefs asks for \
            it, and refuses the push when it is not there or not executable. It judges the push \
            once more, quickly where 'pre-receive' did so before, and refuses a release whose \
            revision comes in the same push unless that push is atomic.

            EXAMPLES
              sheaf hook proc-receive

            JSON
              none: what it reads and writes is Git's own protocol
            """)

    @OptionGroup var deadline: HookDeadline
    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        try await ServerHook.procReceive.run(deadline: deadline.deadline, console)
    }
}
