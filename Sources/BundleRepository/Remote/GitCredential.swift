package import BundleModel
internal import Foundation

/// Asks Git for the credential that the user of this host keeps for a repository:
/// `git credential fill`, which asks the helpers of the user's configuration and nobody else.
package struct GitCredential: Sendable {
    private let git: GitProgram
    private let directory: String

    /// With the environment of this process, unless another is given, and in no repository.
    package init(
        deadline: Duration, environment: [String: String]? = nil, directory: String = "/"
    ) {
        git = GitProgram(deadline: deadline, environment: environment)
        self.directory = directory
    }

    /// Nobody is asked: neither a terminal nor a window.
    private static let silence = [
        "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": "",
    ]

    /// The credential for scheme, host and port of a repository.
    ///
    /// Throws `remote_unauthorized` when Git has none, `deadline_exceeded`, `cancelled`, `io_error`.
    package func credential(
        for location: RepositoryLocation
    ) async throws(SheafError) -> RemoteCredential {
        let server = location.bracketedHost + (location.port.map { ":\($0)" } ?? "")
        let path = location.path.drop { $0 == "/" }
        let question =
            "protocol=\(location.scheme.rawValue)\nhost=\(server)\npath=\(path)\n\n"
        let output = try await git.run(
            ["-c", "core.askPass=", "credential", "fill"], in: directory, environment: Self.silence,
            input: Array(question.utf8))
        let answer = Self.fields(output.standardOutput)
        guard output.status == 0, answer["protocol"] == location.scheme.rawValue,
            answer["host"] == server, let password = answer["password"], !password.isEmpty
        else {
            throw SheafError(
                .remoteUnauthorized, "Git has no credential for \(location.origin ?? "it")",
                hint: "'git credential approve' stores one in a helper of the user who runs the "
                    + "runtime, or name a file under 'credential' in the host policy")
        }
        return .basic(user: answer["username"] ?? "", password: password)
    }

    /// git-credential(1): `key=value` lines.
    private static func fields(_ bytes: [UInt8]) -> [String: String] {
        var fields: [String: String] = [:]
        for line in bytes.split(separator: 0x0A) {
            guard let sign = line.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let value = String(decoding: line[line.index(after: sign)...], as: UTF8.self)
            fields[String(decoding: line[..<sign], as: UTF8.self)] = value
        }
        return fields
    }
}
