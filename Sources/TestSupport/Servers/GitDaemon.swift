package import Foundation

/// `git daemon` on a port of its own.
package final class GitDaemon: Sendable {
    private let program: BackgroundProgram
    private let folder: TemporaryDirectory
    /// Where it listens.
    package let port: Int

    /// Starts a daemon for the repositories below a directory.
    package init(root: URL) async throws {
        folder = try TemporaryDirectory("sheaf-daemon")
        let port = try LoopbackPort.free()
        let trust = ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory"]
            .merging(["GIT_CONFIG_VALUE_0": "*"]) { $1 }
        let base = root.path(percentEncoded: false)
        program = try BackgroundProgram(
            "/usr/lib/git-core/git-daemon",
            ["--base-path=\(base)", "--export-all", "--reuseaddr", "--listen=127.0.0.1"]
                + ["--port=\(port)", base],
            environment: TestEnvironment.git.merging(trust) { $1 }, directory: folder.url,
            log: folder.appending("daemon.log"))
        self.port = port
        try await program.ready { LoopbackPort.answers(port) }
    }

    /// The address of a repository, by its path below the root.
    package func url(_ path: String) -> String { "git://127.0.0.1:\(port)/\(path)" }
}
