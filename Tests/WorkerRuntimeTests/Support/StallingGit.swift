import Foundation
import TestSupport

/// A `git` in front of the real one that says the first part of what that says, and then nothing.
struct StallingGit: Sendable {
    private let folder: URL
    private let rest: NamedPipe

    /// Writes the program into a directory of a test.
    init(in directory: TemporaryDirectory, after bytes: Int) async throws {
        folder = try directory.makeDirectory("stalling")
        rest = try await NamedPipe(at: folder.appending(path: "rest"))
        let program = folder.appending(path: "git")
        try Data(
            """
            #!/bin/sh
            PATH='\(TestEnvironment.base["PATH"] ?? "/usr/bin:/bin")'
            git "$@" | { dd bs=1 count=\(bytes) 2>/dev/null; exec cat '\(rest.url.path(percentEncoded: false))'; }

            """.utf8
        ).write(to: program)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: program.path(percentEncoded: false))
    }

    /// The `PATH` on which this program is found first.
    var searchPath: String {
        "\(folder.path(percentEncoded: false)):\(TestEnvironment.base["PATH"] ?? "")"
    }

    /// Returns when the first part was said; the rest ends when the handle is closed.
    func stalled() async throws -> FileHandle { try await rest.opened() }
}
