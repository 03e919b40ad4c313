import BundleModel
import Foundation
import LibGit2
import TestSupport

@testable import BundleRepository

/// A way in which somebody comes upon a repository that is not theirs.
enum HostileDoor: String, CaseIterable, Sendable {
    /// `sheaf log`.
    case log
    /// `sheaf show`: the files of the newest revision.
    case show
    /// `sheaf verify` of the newest revision.
    case verify
    /// `sheaf verify` of the newest release.
    case release
    /// `sheaf publish` on top.
    case publish
    /// A runtime's sync, after it accepted release 1.
    case sync
    /// A push to the good repository with our gate.
    case push

    /// Goes through the door; throws what it answers to what is refused. A sync gives up after the
    /// deadline: short for a peer that never answers, long for all others, which may be slow.
    func enter(
        _ repository: URL, in place: TemporaryDirectory, deadline: Duration = .seconds(60)
    ) async throws {
        let path = repository.path(percentEncoded: false)
        switch self {
        case .log:
            _ = try await open(path, place).log(try Workshop.bundle)
        case .show:
            let repository = try open(path, place)
            let commit = try await repository.resolve(try BundleReference("support-agents"))
            _ = try await repository.files(of: commit)
        case .verify:
            _ = try await open(path, place).verify(try BundleReference("support-agents"))
        case .release:
            _ = try await open(path, place).verify(try BundleReference("support-agents@latest"))
        case .publish: try await publish(path, place)
        case .sync: try await HostileSync(place, deadline).sync(from: path)
        case .push: try await HostilePush(place).push(from: repository)
        }
    }

    private func open(_ path: String, _ place: TemporaryDirectory) throws -> BundleRepository {
        try BundleRepository.open(at: path)
    }

    private func publish(_ path: String, _ place: TemporaryDirectory) async throws {
        let directory = place.appending("agents")
        try SampleBundle().write(to: directory)
        let repository = try BundleRepository.open(at: path)
        let publisher = BundleRepository(
            try Repository.open(at: repository.path), path: path, limits: .standard,
            git: Workshop.program([:], place.url))
        _ = try await publisher.publish(
            PublishRequest(directory: directory.path(percentEncoded: false), channel: nil))
    }
}
