internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import Foundation

/// Which repository a verb works on.
struct RepositoryOptions: ParsableArguments {
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

    /// Where the repository is that was named, on this machine or another; nil when none was.
    ///
    /// Throws `invalid_request` for what is no location of a repository.
    static func location(
        of repository: String?, _ locations: DefaultLocations = DefaultLocations()
    ) throws(SheafError) -> RepositoryLocation? {
        guard let given = repository ?? locations.variable("SHEAF_REPOSITORY") else { return nil }
        let text =
            LocalRepository.isElsewhere(given) ? given : DefaultLocations.absolute(given)
        do throws(RepositoryLocationProblem) {
            return try RepositoryLocation(text)
        } catch {
            throw SheafError(.invalidRequest, error.message, hint: error.hint)
        }
    }

    /// Whether this is the user's default repository.
    var isDefault: Bool {
        repository == nil && DefaultLocations().variable("SHEAF_REPOSITORY") == nil
    }

    /// Opens the repository; throws `not_found` when there is none, `store_corrupt` when it is
    /// something else.
    func open() throws(SheafError) -> BundleRepository {
        try BundleRepository.open(at: try path())
    }

    /// Whether something is at the path.
    static func exists(at path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }
}
