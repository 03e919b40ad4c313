import Foundation
import TestSupport

/// A `git` whose fetches write down their process and then do something else first.
struct SlowGit: Sendable {
    let home: TemporaryDirectory
    let searchPath: String

    /// - Parameter work: what a fetch does, in a shell, after it has written down its process.
    init(_ work: String) throws {
        home = try TemporaryDirectory("sheaf-slow-git")
        let path = TestEnvironment.base["PATH"] ?? "/usr/bin:/bin"
        let script = """
            #!/bin/sh
            PATH='\(path)'
            case "$*" in
            *--stateless-rpc*) echo $$ > '\(home.path)/new' && mv '\(home.path)/new' '\(home.path)/pid'
            cd '\(home.path)'
            \(work)
            ;;
            esac
            exec git "$@"
            """
        let file = try home.write(script, to: "bin/git").path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        searchPath = "\(home.path)/bin:\(path)"
    }

    /// The head of a loop: one without end would outlive a test whose server is gone.
    static func times(_ count: Int) -> String {
        "i=0; while [ $((i += 1)) -le \(count) ]; do"
    }

    func process() async throws -> Int32 {
        while true {
            if let text = try? String(contentsOfFile: "\(home.path)/pid", encoding: .utf8),
                let number = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
            {
                return number
            }
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    func allow() throws { try Data().write(to: home.appending("go")) }
}
