internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf channel log`: what was released on a channel, when, by whom and why.
struct ChannelLogCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "List the releases of a channel, newest first.",
        discussion: """
            EXAMPLES
              sheaf channel log support-agents latest
              sheaf channel log support-agents stable -n 5

            JSON
              {"bundle", "channel", "releases": [{...}]}; a release is as in 'sheaf
              channel list'
            """)

    @Argument(help: "The bundle.")
    var bundle: String

    @Argument(help: "The channel.")
    var channel: String

    @Option(
        name: [.customShort("n"), .customLong("limit")],
        help: ArgumentHelp("At most this many releases.", valueName: "number"))
    var limit: Int?

    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let bundle: BundleID
        let channel: ChannelID
        let releases: [ReleaseView]
    }

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("'-n' takes a number from 1.") }
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let bundle = try IdentifierArgument.required(bundle, as: BundleID.self)
        let channel = try IdentifierArgument.required(channel, as: ChannelID.self)
        let releases = try await repository.open(for: .reading([bundle]), console)
            .releases(of: bundle, on: channel, limit: limit ?? .max)
        let result = Result(
            bundle: bundle, channel: channel, releases: releases.map(ReleaseView.init))
        try console.show(result) { ReleaseText.log(releases, $0) }
        return .yes
    }
}
