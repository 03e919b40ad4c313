internal import ArgumentParser
internal import BundleModel
internal import BundleRepository
internal import Foundation

/// Which repository a verb works on: on this machine, or at another place.
struct RepositoryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The Git repository of the workspace.",
            discussion: """
                A bare one on this machine, or the URL of one at any Git host, which is reached \
                as 'git push' would. Default: $SHEAF_REPOSITORY, or sheaf/repository.git in \
                $XDG_DATA_HOME (~/.local/share).
                """, valueName: "path|url"),
        completion: .directory)
    var repository: String?

    @Option(
        help: ArgumentHelp("How long a transfer over a URL may take.", valueName: "seconds"))
    var timeout = 300

    func validate() throws {
        try TimeoutOption.validate(timeout)
    }

    /// The one way in which verbs come to a repository, wherever it is.
    ///
    /// - Parameter selection: what is worked with; of a repository at another place it is fetched.
    /// - Throws: `not_found` when there is none on this machine, `store_corrupt` when it is
    ///   something else, `invalid_request` for what is no address of a repository, and what a
    ///   transfer throws.
    func open(
        for selection: RemoteSelection, _ console: Console
    ) async throws(SheafError) -> BundleRepository {
        let locations = DefaultLocations()
        guard let location = try elsewhere(locations) else {
            return try BundleRepository.open(at: try LocalRepository.path(repository, locations))
        }
        return try await console.during("asking \(location)") { () async throws(SheafError) in
            try await Interruption.cancelling { () async throws(SheafError) in
                try await BundleRepository.open(
                    location, for: selection, cache: locations.copies,
                    timeout: .seconds(timeout))
            }
        }
    }

    /// Where the repository is, when it is named by an address; nil for a path.
    func elsewhere(
        _ locations: DefaultLocations = DefaultLocations()
    ) throws(SheafError) -> RepositoryLocation? {
        guard let given = repository ?? locations.variable("SHEAF_REPOSITORY"),
            LocalRepository.isElsewhere(given)
        else { return nil }
        do throws(SheafError) {
            return try Self.location(of: given, locations)
        } catch {
            guard given.contains("@") || given.contains("?") else { throw error }
            throw SheafError(
                error.code, error.message, details: error.details,
                hint: "keep a credential where Git finds it: 'git credential approve' stores one, "
                    + "GIT_ASKPASS names a program that knows it, and SSH has its agent")
        }
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

    /// Whether something is at the path.
    static func exists(at path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }
}
