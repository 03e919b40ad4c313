internal import ArgumentParser
internal import BundleModel

/// Which repository a verb works on that changes its own files, and so needs it on this machine.
struct LocalRepositoryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The bare Git repository of the workspace.",
            discussion: """
                Default: $SHEAF_REPOSITORY, or sheaf/repository.git in $XDG_DATA_HOME \
                (~/.local/share).
                """, valueName: "path"),
        completion: .directory)
    var repository: String?

    /// The repository's path; throws `invalid_request` for the address of another machine.
    func path(
        _ locations: DefaultLocations = DefaultLocations()
    ) throws(SheafError) -> String {
        try LocalRepository.path(repository, locations)
    }
}
