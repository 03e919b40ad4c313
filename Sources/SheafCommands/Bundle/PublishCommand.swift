internal import ArgumentParser
internal import BundleModel
internal import BundleRepository

/// `sheaf publish`: a directory becomes the next revision of its bundle, and a release of it.
struct PublishCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish a directory as the next revision of its bundle, and release it.",
        discussion: """
            The directory is checked first; nothing is published when anything is wrong. \
            Contents that the newest revision has already make no revision. The first publish \
            makes the repository, as 'sheaf init' does.

            Over a URL nothing of Sheaf is needed at the other side: the revision and its release \
            are made here and pushed with 'git push --atomic', on the condition that both \
            branches are still where they were. Git's own configuration says how the host is \
            reached and where its credential is; nobody is asked at the terminal.

            Who publishes is Git's identity: user.name and user.email of its configuration, or \
            GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL.

            EXAMPLES
              sheaf publish agents -m "Shorter triage prompt"
              sheaf publish agents --no-release
              sheaf publish agents --channel canary --reason "try the new model"
              sheaf publish agents --repository https://git.example/acme.git
              sheaf publish agents --expect 3f2a9d0c4b1e8f7a6d5c4b3a2f1e0d9c8b7a6f5e

            JSON
              {"isNew", "revision": {...}, "release": {...}, "leftOut": [{"path",
              "reason"}], "notes": [text], "made": {"repository": {"path", "isNew"},
              "policy": {...}}}; 'release' is there when one was made, 'made' when the
              repository was made. A revision is as in 'sheaf show', a release as in
              'sheaf channel list'.
            """)

    @Argument(help: "The bundle's directory.", completion: .directory)
    var directory: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The commit message; more than one become paragraphs.", valueName: "text"))
    var message: [String] = []

    @OptionGroup var expectation: ExpectationOption

    @Flag(help: "Do not release the revision.")
    var noRelease = false

    @Option(
        help: ArgumentHelp("The channel to release to. Default: latest.", valueName: "channel"))
    var channel: String?

    @Option(help: ArgumentHelp("Why it is released, in one line.", valueName: "text"))
    var reason: String?

    @OptionGroup var repository: RepositoryOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if noRelease, channel != nil || reason != nil {
            throw ValidationError("'--no-release' goes without '--channel' and '--reason'.")
        }
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let request = PublishRequest(
            directory: directory,
            message: message.isEmpty ? nil : message.joined(separator: "\n\n"),
            expectation: try expectation.value(),
            channel: noRelease
                ? nil
                : try channel.map { (name) throws(SheafError) in
                    try IdentifierArgument.required(name)
                } ?? .latest,
            reason: reason)
        if try repository.elsewhere() != nil { return try await push(request, console) }
        let first = FirstPublish(
            installation: Installation(
                repositoryPath: try LocalRepository.path(
                    repository.repository, DefaultLocations()),
                policyPath: store.policyPath()),
            isDefault: repository.isDefault)
        let (target, made) = try await first.repository(for: request, console)
        let result = try await console.during("publishing \(directory)") {
            () async throws(SheafError) in try await target.publish(request)
        }
        let policy = first.policy(for: result, made, console)
        let view = PublishView(result, repository: made, policy: policy)
        try console.show(view) { PublishText.text(result, $0) }
        return .yes
    }

    /// Publishes to a repository at another place, which is asked nothing for what is not in order.
    private func push(
        _ request: PublishRequest, _ console: Console
    ) async throws(SheafError) -> Answer {
        let directory = try await BundleDirectory.read(request.directory)
        try directory.requireValid()
        guard let bundle = directory.documents?.manifest.bundle else {
            throw SheafError(.malformedBundle, "the bundle has no usable bundle.yaml")
        }
        let target = try await repository.open(for: .writing(bundle), console)
        let result = try await console.during("publishing \(request.directory)") {
            () async throws(SheafError) in
            try await Interruption.cancelling { () async throws(SheafError) in
                try await target.publish(request)
            }
        }
        let view = PublishView(result, repository: nil, policy: nil)
        try console.show(view) { PublishText.text(result, $0) }
        return .yes
    }
}
