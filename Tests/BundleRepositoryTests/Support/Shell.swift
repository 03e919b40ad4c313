import Foundation
import TestSupport

/// Short scripts, for what Foundation cannot do to a file system.
enum Shell {
    struct Failure: Error {
        let output: ProgramOutput
    }

    /// Runs a script and gives its standard output without the last line break.
    @discardableResult
    static func run(_ script: String, in directory: URL) async throws -> String {
        let bash = Program("bash", environment: TestEnvironment.base, directory: directory)
        let output = try await bash.run(["-c", "set -eu\n" + script])
        guard output.succeeded else { throw Failure(output: output) }
        return output.trimmed
    }

    /// The digest of a directory as the script of a few lines in the fixtures computes it.
    static func digest(of directory: URL) async throws -> String {
        let script = Fixtures.url("digest/recompute.sh").path(percentEncoded: false)
        return try await run("'\(script)' .", in: directory)
    }
}
