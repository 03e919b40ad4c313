import Foundation
import TestSupport

/// A `git` and an `ssh` that write down their arguments and environment, and then are the real ones.
struct WatchedPrograms: Sendable {
    private let folder: TemporaryDirectory
    let searchPath: String

    init() throws {
        folder = try TemporaryDirectory("sheaf-watched")
        let path = TestEnvironment.base["PATH"] ?? "/usr/bin:/bin"
        for name in ["git", "ssh"] {
            let real = path.split(separator: ":").map { "\($0)/\(name)" }
                .first { FileManager.default.isExecutableFile(atPath: $0) }
            guard let real else { throw CocoaError(.fileNoSuchFile) }
            let script = """
                #!/bin/sh
                record=$(mktemp '\(folder.path)/record.XXXXXX')
                { printf '%s\\n' '\(name)' "$@"; tr '\\0' '\\n' </proc/$$/environ; } > "$record"
                exec '\(real)' "$@"
                """
            let file = try folder.write(script, to: "bin/\(name)").path(percentEncoded: false)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        }
        searchPath = "\(folder.path)/bin:\(path)"
    }

    /// What each program that was started had: its name, its arguments, its environment.
    func records() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("record.") }
            .map { try String(contentsOf: folder.appending($0), encoding: .utf8) }
    }
}
