internal import AccessTokens
internal import ArgumentParser
internal import BundleModel
internal import Foundation

/// `sheaf token create`
struct TokenCreateCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a token, and show it once.",
        discussion: """
            Scopes of a repository: 'read' fetches, 'publish' pushes revisions, 'release' pushes \
            releases. Scopes of a runtime: 'read' asks what is in service, 'sync' has a channel \
            brought up to date, 'workers' sees, creates and stops workers. A token is for all \
            bundles of its workspace, also those to come, unless some are named.

            EXAMPLES
              sheaf token create --workspace acme --scope read
              sheaf token create --workspace acme --bundle agents --expires 90d
              sheaf token create --workspace acme --scope sync --scope workers

            JSON
              {"token", "id", "workspace", "bundles", "scopes", "createdAt", "expiresAt",
              "isExpired", "note"}
            """)

    @Option(help: ArgumentHelp("The workspace that it is for.", valueName: "id"))
    var workspace: String

    @Option(help: ArgumentHelp("A bundle that it is for; may be repeated.", valueName: "id"))
    var bundle: [String] = []

    @Option(
        help: ArgumentHelp(
            "What it allows; may be repeated. Default: read.", valueName: "scope"),
        completion: .list(AccessScope.allCases.map(\.rawValue)),
        transform: Self.scope)
    var scope: [AccessScope] = []

    @Option(
        help: ArgumentHelp(
            "How long it is good, such as 12h or 90d. Default: until it is revoked.",
            valueName: "time"))
    var expires: String?

    @Option(help: ArgumentHelp("Who or what gets it.", valueName: "text"))
    var note: String?

    @OptionGroup var tokens: TokenOptions
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let token: String
        let view: TokenView

        func encode(to encoder: any Encoder) throws {
            try view.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(token, forKey: .token)
        }

        private enum Key: CodingKey { case token }
    }

    func perform(_ console: Console) async throws(SheafError) -> Answer {
        let owner = try IdentifierArgument.required(workspace, as: WorkspaceID.self)
        var bundles: Set<BundleID> = []
        for name in bundle {
            bundles.insert(try IdentifierArgument.required(name, as: BundleID.self))
        }
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        let term = try expires.map { (text) throws(SheafError) in try Self.seconds(text) }
        if let note, note.utf8.count > 200 || note.contains(where: \.isNewline) {
            throw SheafError(.invalidRequest, "a note is one line of up to 200 bytes")
        }
        let secret = TokenSecret()
        let token = AccessToken(
            secret, workspace: owner, bundles: bundles.isEmpty ? nil : bundles,
            scopes: scope.isEmpty ? [.read] : Set(scope), createdAt: now,
            expiresAt: term.map { now.addingTimeInterval($0) }, note: note)
        try tokens.file.add(token)
        let view = TokenView(token, now: now)
        try console.show(Result(token: secret.text, view: view)) { style in
            "\(secret.text)\n"
        }
        let scopes = view.scopes.map(\.rawValue).joined(separator: ", ")
        console.note("token \(view.id) for \(view.subject): \(scopes); \(view.term)")
        console.note("it is not shown again; Git asks for it as a password")
        return .yes
    }

    private static func scope(_ text: String) throws -> AccessScope {
        guard let scope = AccessScope(rawValue: text) else {
            let known = AccessScope.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            throw ValidationError("There is no such scope; known are \(known).")
        }
        return scope
    }

    private static func seconds(_ text: String) throws(SheafError) -> TimeInterval {
        let units: [Character: Int] = ["m": 60, "h": 3600, "d": 86400]
        guard let last = text.last, let unit = units[last], let count = Int(text.dropLast()),
            (1...100_000).contains(count)
        else {
            throw SheafError(
                .invalidRequest, "'\(DisplayText.escape(String(text.prefix(32))))' is no time",
                hint: "give minutes, hours or days, such as 30m, 12h or 90d")
        }
        return TimeInterval(count * unit)
    }
}
