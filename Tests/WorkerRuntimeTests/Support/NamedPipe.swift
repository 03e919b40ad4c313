import Foundation
import TestSupport

/// A pipe with a name: whoever reads it waits, and a test learns when somebody does.
struct NamedPipe: Sendable {
    let url: URL

    /// Makes a pipe, in the place of a file that may be there.
    init(at url: URL) async throws {
        self.url = url
        try? FileManager.default.removeItem(at: url)
        let made = try await Program(
            "mkfifo", environment: TestEnvironment.base, directory: url.deletingLastPathComponent()
        ).run([url.path(percentEncoded: false)])
        guard made.succeeded else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Returns when somebody has opened the pipe to read; they wait until the handle is closed.
    func opened() async throws -> FileHandle {
        let url = url
        return try await withCheckedThrowingContinuation { continuation in
            // Opening a pipe for writing waits until it is opened for reading.
            Thread.detachNewThread {
                continuation.resume(with: Result { try FileHandle(forWritingTo: url) })
            }
        }
    }
}
