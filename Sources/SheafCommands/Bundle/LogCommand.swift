internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf log`: the revisions of a bundle, or the bundles of the repository.
struct LogCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "List the revisions of a bundle, newest first.",
        discussion: """
            Without a bundle, the bundles of the repository are listed, each with its newest \
            revision.

            EXAMPLES
              sheaf log
              sheaf log support-agents -n 5

            JSON
              {"bundle", "revisions": [{...}]}; without a bundle {"workspace", "bundles":
              [{...}]}, each bundle as its newest revision. A revision is as in 'sheaf
              show'.
            """)

    @Argument(help: "The bundle.")
    var bundle: String?

    @Option(
        name: [.customShort("n"), .customLong("limit")],
        help: ArgumentHelp("At most this many revisions.", valueName: "number"))
    var limit: Int?

    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var output: OutputOptions

    private struct Revisions: Encodable {
        let bundle: BundleID
        let revisions: [RevisionView]
    }

    private struct Bundles: Encodable {
        let workspace: WorkspaceID?
        let bundles: [RevisionView]
    }

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("'-n' takes a number from 1.") }
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let bundle = try IdentifierArgument.optional(bundle, as: BundleID.self)
        let repository = try await repository.open(
            for: bundle.map { .reading([$0]) } ?? .everything, console)
        if let bundle {
            let revisions = try await repository.log(bundle, limit: limit ?? .max)
            let view = Revisions(bundle: bundle, revisions: revisions.map(RevisionView.init))
            try console.show(view) { Self.text(revisions, $0) }
        } else {
            try await list(repository, console)
        }
        return .yes
    }

    private func list(
        _ repository: BundleRepository, _ console: Console
    ) async throws(SheafError) {
        var newest: [Revision] = []
        for bundle in try await repository.bundles().prefix(limit ?? .max) {
            newest += try await repository.log(bundle, limit: 1)
        }
        let view = Bundles(
            workspace: try await repository.workspace(), bundles: newest.map(RevisionView.init))
        if newest.isEmpty { console.note("no bundle is published yet; 'sheaf publish DIR' does") }
        try console.show(view) { newest.isEmpty ? "" : Self.bundles(newest, $0) }
    }

    private static func text(_ revisions: [Revision], _ style: TextStyle) -> String {
        var table = TextTable([
            "REVISION": .right, "PUBLISHED": .left, "COMMIT": .left, "DIGEST": .left,
            "PUBLISHER": .left, "SUBJECT": .left,
        ])
        for revision in revisions {
            table.add([
                String(revision.number), revision.createdAt.description, revision.commit.short,
                revision.digest.short, revision.publisher.name, revision.message.subject,
            ])
        }
        return table.text(style)
    }

    private static func bundles(_ newest: [Revision], _ style: TextStyle) -> String {
        var table = TextTable([
            "BUNDLE": .left, "NEWEST": .right, "PUBLISHED": .left, "DIGEST": .left,
            "SUBJECT": .left,
        ])
        for revision in newest {
            table.add([
                revision.provenance.bundle.rawValue, String(revision.number),
                revision.createdAt.description, revision.digest.short, revision.message.subject,
            ])
        }
        return table.text(style)
    }
}
