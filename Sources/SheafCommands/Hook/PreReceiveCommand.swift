internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import Foundation

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
        deadline.start()
        let updates = try Self.updates(console.readInput(atMost: 4 << 20))
        let verdict = try await PushGateInput.repository(inQuarantine: true).judge(updates)
        switch console.format {
        case .json: try console.write(JSONText.encode(PushVerdictView(verdict)))
        case .text: if !verdict.isAccepted { console.complain(RefusalText.text(verdict)) }
        }
        return verdict.isAccepted ? .yes : .no
    }

    private static func updates(_ input: String) throws(SheafError) -> [RefUpdate] {
        let lines = input.split(separator: "\n", omittingEmptySubsequences: true)
        let updates = lines.compactMap { RefUpdate(line: $0) }
        guard !updates.isEmpty, updates.count == lines.count else {
            throw SheafError(.invalidRequest, "this is not what Git tells a pre-receive hook")
        }
        return updates
    }
}

/// Where a hook of the server finds its repository.
enum PushGateInput {
    /// The repository that Git runs the hook in, with the objects of the push.
    static func repository(inQuarantine: Bool) throws(SheafError) -> BundleRepository {
        let environment = DefaultLocations()
        return try BundleRepository.receiving(
            at: environment.variable("GIT_DIR") ?? ".",
            quarantine: inQuarantine ? environment.variable("GIT_QUARANTINE_PATH") : nil)
    }
}
