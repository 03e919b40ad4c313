internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf channel list`: the channels of a bundle, each with its newest release.
struct ChannelListCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the channels of a bundle, each with its newest release.",
        discussion: """
            EXAMPLES
              sheaf channel list support-agents

            JSON
              {"bundle", "channels": [{"workspace", "bundle", "channel", "sequence",
              "commit", "parent", "revision", "revisionCommit", "digest", "reason",
              "releasedAt", "releaser": {"name", "email"}, "createdAt", "publisher":
              {...}, "pin"}]}
            """)

    @Argument(help: "The bundle.")
    var bundle: String

    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let bundle: BundleID
        let channels: [ReleaseView]
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let bundle = try IdentifierArgument.required(bundle, as: BundleID.self)
        let releases = try await repository.open(for: .reading([bundle]), console)
            .channels(of: bundle)
        let result = Result(bundle: bundle, channels: releases.map(ReleaseView.init))
        if releases.isEmpty { console.note("'\(bundle)' was not released yet") }
        try console.show(result) { releases.isEmpty ? "" : ReleaseText.channels(releases, $0) }
        return .yes
    }
}
