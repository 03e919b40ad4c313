internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf channel rollback`: puts an earlier revision back on a channel.
struct ChannelRollbackCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Put an earlier revision back on a channel.",
        discussion: """
            It is a new release with the next number that names the older revision: history goes \
            on, and runtimes follow it like any other release. The revision must have been on \
            the channel before.

            EXAMPLES
              sheaf channel rollback support-agents stable --to 11 --reason "12 loops"

            JSON
              {"release": {...}}; a release is as in 'sheaf channel list'
            """)

    @Argument(help: "The bundle.")
    var bundle: String

    @Argument(help: "The channel.")
    var channel: String

    @Option(
        help: ArgumentHelp(
            "The revision to go back to: its number, or what stands behind the '@' of a reference.",
            valueName: "revision"))
    var to: String

    @Option(help: ArgumentHelp("Why, in one line.", valueName: "text"))
    var reason: String

    @OptionGroup var expectation: ExpectationOption
    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var output: OutputOptions

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let bundle = try IdentifierArgument.required(bundle, as: BundleID.self)
        let channel = try IdentifierArgument.required(channel, as: ChannelID.self)
        let target = try BundleReference(to.contains("@") ? to : "\(bundle)@\(to)")
        guard target.bundle == bundle else {
            throw SheafError(
                .invalidRequest, "'\(target)' is not a revision of '\(bundle)'")
        }
        let expectation = try expectation.value()
        let source = try await repository.open(for: .writing(bundle), console)
        let release = try await Interruption.cancelling { [reason] () async throws(SheafError) in
            try await source.rollback(
                bundle, channel, to: target, reason: reason, expectation: expectation)
        }
        try console.show(ReleaseResult(release: ReleaseView(release))) {
            ReleaseText.made(release, $0)
        }
        return .yes
    }
}
