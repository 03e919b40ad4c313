package import BundleModel

/// Where a repository on this machine is, when it is named and when it is not.
package enum LocalRepository {
    /// The path that was given, else `$SHEAF_REPOSITORY`, else that of the user.
    ///
    /// Throws `invalid_request` for the address of another machine.
    package static func path(
        _ option: String?, _ locations: DefaultLocations
    ) throws(SheafError) -> String {
        let given = option ?? locations.variable("SHEAF_REPOSITORY")
        guard let given else { return locations.repository }
        if given.isEmpty {
            throw SheafError(.invalidRequest, "the repository's path is empty")
        }
        if isElsewhere(given) {
            throw SheafError(
                .invalidRequest, "this works on a repository of this machine, not over a URL",
                hint: "name the repository's path with --repository, where it lies")
        }
        return given
    }

    /// Whether a text names a repository by an address: a URL, or `host:path` as in `git clone`,
    /// with a colon before the first slash.
    static func isElsewhere(_ text: String) -> Bool {
        if text.contains("://") { return true }
        guard let colon = text.firstIndex(of: ":") else { return false }
        return !text[..<colon].contains("/")
    }
}
