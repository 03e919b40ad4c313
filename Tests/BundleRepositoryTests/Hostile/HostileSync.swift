import BundleModel
import Foundation
import TestSupport
import Testing

@testable import BundleRepository

/// A runtime's mirror that has accepted the good release of the hostile repositories.
struct HostileSync {
    private let mirror: ReleaseMirror
    private let place: TemporaryDirectory
    private let deadline: Duration

    init(_ place: TemporaryDirectory, _ deadline: Duration) throws {
        self.place = place
        self.deadline = deadline
        mirror = try ReleaseMirror(
            at: place.path + "/mirror.git", workspace: try WorkspaceID("acme"),
            bundle: try Workshop.bundle, creating: true, limits: .standard)
    }

    /// Accepts the good release, then syncs from a repository. When that is refused, the good
    /// release has to be in service as before.
    func sync(from path: String) async throws {
        let good = try HostileRepositories.original("base")
        let accepted = try await accept(good.path(percentEncoded: false), nil)
        do {
            _ = try await accept(path, accepted)
        } catch {
            #expect(try mirror.accepted(.latest) == accepted)
            #expect(try mirror.availability(accepted.pin, wasVerified: false) == .available)
            #expect(try mirror.verifyAnew(accepted.pin) == accepted)
            throw error
        }
    }

    private func accept(_ path: String, _ accepted: Release?) async throws -> Release {
        let mirror = mirror
        let deadline = deadline
        let transfer = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        try mirror.fetch(
                            .latest, from: RemoteRepository(path: path),
                            limits: .init(deadline: deadline, maximumBytes: 64 << 20),
                            isCancelled: { false })
                    })
            }
        }
        let memory = ChannelMemory(
            highestSequence: accepted?.sequence ?? 0, commit: accepted?.commit)
        let checked = try mirror.check(transfer.commit, on: .latest, knowing: memory)
        try mirror.accept(checked)
        return checked.release
    }
}
