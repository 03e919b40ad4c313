import Foundation
import TestSupport

/// What `git interpret-trailers --parse --no-divider` finds in messages.
enum GitTrailers {
    /// The lines that git prints for each message, from one run of the program.
    static func parse(_ messages: [[UInt8]]) async throws -> [[String]] {
        let directory = try TemporaryDirectory()
        defer { withExtendedLifetime(directory) {} }
        let git = GitOracle(in: directory.url)
        // A file between two messages, whose one trailer shows where the next message begins.
        let mark = "End-Of-Message: \(UUID().uuidString)"
        try directory.write("mark\n\n\(mark)\n", to: "mark")
        var files: [String] = []
        for (index, message) in messages.enumerated() {
            try directory.write(message, to: "\(index)")
            files += ["\(index)", "mark"]
        }
        let output = try await git.check(
            ["interpret-trailers", "--parse", "--no-divider"] + files)
        var found: [[String]] = [[]]
        for line in output.standardOutput.split(separator: 0x0A, omittingEmptySubsequences: false)
            .dropLast()
        {
            let text = String(decoding: line, as: UTF8.self)
            if text == mark {
                found.append([])
            } else {
                found[found.count - 1].append(text)
            }
        }
        return found.dropLast()
    }
}
