internal import LibGit2

/// A bare repository that is fetched into in this process, and nothing else is done with it.
final class PlainStore {
    private let repository: Repository

    init(at path: String) throws {
        repository = try Repository.createBare(at: path, initialBranch: nil)
    }

    /// Fetches a branch of the site's repository, served at a port of this machine.
    func fetch(_ reference: String, from port: Int) throws -> FetchOutcome {
        let address = HTTPAddress(
            isSecure: false, host: "127.0.0.1", port: port, path: "/\(NetworkSite.workspace).git")
        return try repository.fetch(
            FetchRequest(
                peer: .http(address), refspecs: ["+\(reference):refs/heads/latest"],
                deadline: .seconds(600), maximumBytes: 1 << 30),
            isCancelled: { false })
    }
}
