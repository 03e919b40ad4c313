import Foundation
import TestSupport

/// A repository that answers nobody: one of its references is a pipe, and whoever asks for the list
/// of references reads it.
struct StalledRepository: Sendable {
    private let reference: NamedPipe

    /// Stalls a bare repository.
    init(_ repository: URL) async throws {
        reference = try await NamedPipe(at: repository.appending(path: "refs/heads/stalled"))
    }

    /// Returns when somebody has begun to ask. The repository goes on when the handle is closed,
    /// with a reference that git ignores because there is nothing in it.
    func asked() async throws -> FileHandle { try await reference.opened() }

    /// Takes the pipe away, for all who ask from now on.
    func recover() throws { try FileManager.default.removeItem(at: reference.url) }
}
