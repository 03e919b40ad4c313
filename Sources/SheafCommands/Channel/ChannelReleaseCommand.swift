internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf channel release`: puts a revision on a channel.
struct ChannelReleaseCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Put a revision on a channel.",
        discussion: """
            A channel that is not there yet begins with this release. A release that is named, \
            as in support-agents@canary, stands for its revision.

            Over a URL the release is pushed with 'git push --atomic', on the condition that the \
            channel is still where it was.

            EXAMPLES
              sheaf channel release support-agents@12 stable --reason "two days on canary"
              sheaf channel release support-agents@canary stable --reason "promoted"

            JSON
              {"release": {...}}; a release is as in 'sheaf channel list'
            """)

    @Argument(help: ArgumentHelp("The revision, as in 'sheaf show'.", valueName: "ref"))
    var reference: String

    @Argument(help: "The channel.")
    var channel: String

    @Option(help: ArgumentHelp("Why, in one line.", valueName: "text"))
    var reason: String

    @OptionGroup var expectation: ExpectationOption
    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let reference = try BundleReference(reference)
        let channel = try IdentifierArgument.required(channel, as: ChannelID.self)
        let expectation = try expectation.value()
        let target = try await repository.open(for: .writing(reference.bundle), console)
        let release = try await Interruption.cancelling { [reason] () async throws(SheafError) in
            try await target.release(
                reference, to: channel, reason: reason, expectation: expectation)
        }
        try console.show(ReleaseResult(release: ReleaseView(release))) {
            ReleaseText.made(release, $0)
        }
        return .yes
    }
}
