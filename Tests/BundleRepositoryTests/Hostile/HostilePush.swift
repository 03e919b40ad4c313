import BundleModel
import Foundation
import TestSupport

@testable import BundleRepository

/// A push of everything in a hostile repository to a copy of the good one.
///
/// The gate is asked as Git's receive-pack asks it, with the objects in a folder of their own. Git
/// itself would send and take few of these: the gate is not to depend on that.
struct HostilePush {
    private let server: URL

    /// Makes the good repository in a place.
    init(_ place: TemporaryDirectory) async throws {
        server = try await HostileRepositories.copy("base", to: place)
    }

    /// Throws the first refusal of the gate's verdict.
    func push(from hostile: URL) async throws {
        let there = try Self.references(of: server)
        let here = try Self.references(of: hostile)
        let updates = Set(there.keys).union(here.keys).sorted()
            .filter { there[$0] != here[$0] }
            .map { RefUpdate(name: $0, old: there[$0], new: here[$0]) }
        let repository = try BundleRepository.receiving(
            at: server.path(percentEncoded: false),
            quarantine: hostile.appending(path: "objects").path(percentEncoded: false))
        let verdict = try await repository.judge(updates)
        if let refusal = verdict.refusals.first { throw refusal.error }
    }

    /// Its references as their files say, because Git reads not all of these repositories.
    private static func references(of repository: URL) throws -> [String: CommitID] {
        var found: [String: CommitID] = [:]
        let root = repository.path(percentEncoded: false)
        for name in try FileManager.default.subpathsOfDirectory(atPath: root + "/refs") {
            guard let bytes = FileManager.default.contents(atPath: "\(root)/refs/\(name)") else {
                continue
            }
            let text = String(decoding: bytes, as: UTF8.self)
            found["refs/\(name)"] = CommitID(
                text.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return found
    }
}
