import Foundation
import TestSupport

/// A repository that answers nobody: its list of packed references is a pipe, which whoever asks
/// waits for.
struct StalledRepository: Sendable {
    private let pipe: URL

    /// Stalls a bare repository.
    init(_ repository: URL) async throws {
        pipe = repository.appending(path: "packed-refs")
        try? FileManager.default.removeItem(at: pipe)
        _ = try await Program(
            "mkfifo", environment: TestEnvironment.base, directory: repository
        ).run([pipe.path(percentEncoded: false)])
    }

    /// Returns when somebody has begun to ask. The repository goes on when the handle is closed,
    /// as if it had no packed references.
    func asked() async throws -> FileHandle {
        let pipe = pipe
        return try await withCheckedThrowingContinuation { continuation in
            // Opening a pipe for writing waits until it is opened for reading.
            Thread.detachNewThread {
                continuation.resume(with: Result { try FileHandle(forWritingTo: pipe) })
            }
        }
    }
}
