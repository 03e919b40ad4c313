internal import ArgumentParser
internal import BundleModel

/// Which workspace, where several on a host have a bundle of one name.
struct WorkspaceOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The bundle's workspace, where several on this host have one of its name.",
            valueName: "id"))
    var workspace: String?

    /// The workspace; throws `invalid_request`.
    func value() throws(SheafError) -> WorkspaceID? {
        try IdentifierArgument.optional(workspace)
    }
}
